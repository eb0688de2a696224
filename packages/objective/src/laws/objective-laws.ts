// All laws of one objective as a list, with exceptions that must be exceptions still.
import { foldIn, openStreams, rootKey } from "@basin/random";
import { UsageError } from "../errors.ts";
import { LawBroken, type Law } from "../law.ts";
import type { Objective } from "../objective.ts";
import { answerLaws } from "./answer-laws.ts";
import { derivativeLaws } from "./derivative-laws.ts";
import { domainLaws } from "./domain-laws.ts";
import { exampleLaws } from "./example-laws.ts";
import { minimumLaws } from "./minimum-law.ts";
import { reportLaws } from "./report-laws.ts";
import type { LawTable, Subject } from "./subject.ts";

const table = {
  ...domainLaws,
  ...answerLaws,
  ...derivativeLaws,
  ...minimumLaws,
  ...exampleLaws,
  ...reportLaws,
} satisfies LawTable;

export type ObjectiveLawName = keyof typeof table;

/** The laws by name, without the name of any objective. */
export const objectiveLawNames: readonly ObjectiveLawName[] = Object.keys(table) as ObjectiveLawName[];

/** A law that does not hold, and why that is no mistake. */
export interface ObjectiveLawException {
  readonly law: ObjectiveLawName;
  readonly reason: string;
}

export interface ObjectiveLawOptions {
  /** How many points each law tries. Default 5. */
  readonly points?: number;
  /** Checked to be exceptions still: where the law holds after all, the exception is reported as out of date. */
  readonly exceptions?: readonly ObjectiveLawException[];
}
/**
 * The laws for one objective, which `make` makes anew, the same each time.
 * @throws UsageError for exceptions without a reason.
 */
export function objectiveLaws(
  name: string,
  make: () => Objective,
  { points = 5, exceptions = [] }: ObjectiveLawOptions = {},
): readonly Law[] {
  const reasons = new Map<string, string>();
  for (const { law, reason } of exceptions) {
    if (!Object.hasOwn(table, law))
      throw new UsageError(`laws of ${name}`, `there is no law "${law}"`, "name a law");
    if (reason.trim() === "")
      throw new UsageError(
        `laws of ${name}`,
        `the exception to "${law}" has no reason`,
        "say why it is no mistake",
      );
    reasons.set(law, reason);
  }
  let made: Subject | undefined;
  // made when the first law is checked, so that a list of laws costs nothing
  const subject = (): Subject =>
    (made ??= {
      make,
      objective: make(),
      streams: openStreams(foldIn(rootKey("objective laws"), name)),
      points,
    });
  return objectiveLawNames.map((law): Law => {
    const check = async (): Promise<void> => {
      await table[law](subject());
    };
    const reason = reasons.get(law);
    return reason === undefined
      ? { name: `${name} ${law}`, check }
      : { name: `${name} does not: ${law} (${reason})`, check: () => stillBroken(law, check) };
  });
}

/** An exception must be one: the law is broken, as its reason says. */
async function stillBroken(law: string, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch {
    return;
  }
  throw new LawBroken(`"${law}" holds after all: remove the exception`);
}
