// What the user chose: the experiment, and how to look at it.
import type { ScaleKind } from "@basin/charts";

/** One line of the comparison. */
export interface Entrant {
  readonly name: string;
  readonly label: string;
  /** Hyperparameters that differ from the defaults. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Everything that decides the numbers. */
export interface Config {
  readonly problem: { readonly name: string; readonly settings: Readonly<Record<string, unknown>> };
  readonly entrants: readonly Entrant[];
  readonly replicates: number;
  /** In units of one full f(x). */
  readonly budget: number;
  readonly seed: number;
}

export type XAxis = "cost" | "queries" | "examples" | "seconds";

/** How it is looked at: decides no number. */
export interface View {
  readonly axis: XAxis;
  readonly xScale: ScaleKind;
  readonly yScale: ScaleKind;
}

export const defaultConfig: Config = {
  problem: { name: "penguins-logistic", settings: {} },
  entrants: ["gradient-descent", "random-search", "genetic-algorithm"].map((name) => ({
    name,
    label: name,
    settings: {},
  })),
  replicates: 15,
  budget: 2000,
  seed: 1,
};

export const defaultView: View = { axis: "cost", xScale: "log", yScale: "log" };

export const axisNames: Readonly<Record<XAxis, string>> = {
  cost: "evaluations",
  queries: "queries",
  examples: "examples seen",
  seconds: "seconds",
};

/** A label not yet taken: the name, then "name 2", "name 3" … */
export function freeLabel(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  let n = 2;
  while (taken.includes(`${name} ${n}`)) n++;
  return `${name} ${n}`;
}
