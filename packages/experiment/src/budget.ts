// How much a run may spend: evaluations, or as in COCO a multiple of the dimension n of its problem, which gives each problem a budget of its own.
import { UsageError } from "@basin/objective";
import { countInWords, counted } from "./prose.ts";
import type { Budget, ExperimentSpec, PerDimension } from "./spec.ts";

/** Nobody waits for more. */
export const MOST = 1e12;

/**
 * A budget as it is written: 2000, or "1000n".
 * @throws UsageError that says how to write it.
 */
export function parseBudget(given: unknown): Budget {
  if (typeof given === "number") return inRange(given);
  const text = typeof given === "string" ? given.trim() : "";
  const multiple = /^(\d+(?:\.\d+)?(?:e\+?\d+)?)n$/i.exec(text)?.[1];
  if (multiple !== undefined) return `${inRange(Number(multiple))}n`;
  const advice =
    text !== "" && Number.isFinite(Number(text))
      ? `write the number without quotes: ${text}`
      : `write evaluations, ${likely(given) ?? 'such as 2000, or a multiple of the dimension n, such as "1000n"'}`;
  throw new UsageError("budget", `it is ${JSON.stringify(given) ?? "missing"}`, advice);
}

function inRange(value: number): number {
  if (value > 0 && value <= MOST) return value;
  throw new UsageError("budget", `it is ${value}`, "give a number above 0, and 1e12 at most");
}

/** What was meant by "1000 n", "1000*n", "1000D", "n*1000" or { "perDimension": 1000 }. */
function likely(given: unknown): string | undefined {
  const number = String.raw`(\d+(?:\.\d+)?(?:e\+?\d+)?)`;
  const text = typeof given === "string" ? given.trim() : JSON.stringify(given);
  const [, before, after, inside] =
    new RegExp(
      String.raw`^(?:${number}\s*[*×x·]?\s*(?:n|d|dim|dimension)|(?:n|d|dim|dimension)\s*[*×x·]?\s*${number}|\{"\w+":"?${number}n?"?\})$`,
      "i",
    ).exec(text ?? "") ?? [];
  const value = before ?? after ?? inside;
  return value === undefined ? undefined : `or a multiple of the dimension: "${value}n"`;
}

/** What each run on problem number `problem` may spend, in evaluations. */
export function budgetOf(
  { budget, problems }: Pick<ExperimentSpec, "budget" | "problems">,
  problem: number,
): number {
  return typeof budget === "number" ? budget : multipleOf(budget) * problems[problem]!.dimension!;
}

/** The thousand of "1000n". */
export function multipleOf(budget: PerDimension): number {
  return Number(budget.slice(0, -1));
}

/** "2,000 evaluations", "1,000 × n evaluations". */
export function budgetInWords(budget: Budget): string {
  return typeof budget === "number"
    ? counted(budget, "evaluation")
    : `${countInWords(multipleOf(budget))} × n evaluations`;
}
