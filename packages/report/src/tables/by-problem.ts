// The tables of an experiment, one for each problem (or each function of a suite, over its instances).
import type { ExperimentResult } from "@basin/experiment";
import { groupsOf, type Group } from "../groups.ts";
import { endsTable } from "./ends.ts";
import { ertTable } from "./ert.ts";
import { pairsTable } from "./pairs.ts";
import type { Table } from "./table.ts";

const each =
  (make: (result: ExperimentResult, group: Group) => Table | undefined) =>
  (result: ExperimentResult): Table[] =>
    groupsOf(result).flatMap((group) => make(result, group) ?? []);

/** Expected running times. */
export const ertTables: (result: ExperimentResult) => Table[] = each(ertTable);
/** Where the runs ended. */
export const endsTables: (result: ExperimentResult) => Table[] = each(endsTable);
/** Every two optimizers against each other; none where no two have runs of the same seeds. */
export const pairsTables: (result: ExperimentResult) => Table[] = each(pairsTable);
