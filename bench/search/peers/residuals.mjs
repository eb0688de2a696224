// Answers residuals and Jacobians of NIST's fits over standard input and output, so that other people's optimizers fit the same curves to the
// last bit: a line of JSON in, { set, x }, a line out, { residuals, jacobian }; null for numbers that are not finite.
import { createInterface } from "node:readline";
import { nistRegression } from "@basin/problems";
import { objectiveOf } from "@basin/runner";

const catalog = { optimizers: {}, problems: { [nistRegression.name]: nistRegression } };
const objectives = new Map();

function objectiveFor(set) {
  if (!objectives.has(set)) {
    const problem = { name: nistRegression.name, settings: { set } };
    objectives.set(set, objectiveOf({ problem, seed: 1, replicate: 0 }, catalog));
  }
  return objectives.get(set);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { set, x } = JSON.parse(line);
  const [outcome] = objectiveFor(set).evaluate({ queries: [{ kind: "residuals", x: Float64Array.from(x) }] });
  const { residuals = [], jacobian = [] } = outcome;
  process.stdout.write(`${JSON.stringify({ residuals: [...residuals], jacobian: [...jacobian] })}\n`);
}
