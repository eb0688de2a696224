// The report of an experiment: figures, tables, the paragraph of methods, and all of it as one HTML file.
import { nameInWords, type ExperimentResult } from "@basin/experiment";
import { combine, type Part } from "./combine.ts";
import { failuresOf } from "./failures.ts";
import { figures, type Figure, type FigureOptions } from "./figures.ts";
import { groupsOf } from "./groups.ts";
import { methods } from "./methods.ts";
import { page } from "./page/page.ts";
import { endsTable } from "./tables/ends.ts";
import { ertTable } from "./tables/ert.ts";
import { pairsTable } from "./tables/pairs.ts";
import { toCsv, toLatex, toMarkdown, type Table } from "./tables/table.ts";

export interface ReportPart extends Part {
  /** With what it ran: versions, machine. */
  readonly environment?: Readonly<Record<string, unknown>>;
}

export interface ReportOptions extends FigureOptions {
  /** By default the names of the optimizers and problems. */
  readonly title?: string;
}

export interface Report {
  /** The text of report.html. */
  readonly html: string;
  readonly figures: readonly Figure[];
  readonly tables: readonly Table[];
  readonly methods: string;
}

/**
 * The report on one result, or on several that were run alike.
 * @throws RangeError where there are no runs, or several results with other budgets, seeds or targets.
 */
export function report(given: ExperimentResult | readonly ReportPart[], options: ReportOptions = {}): Report {
  const parts: readonly ReportPart[] = isParts(given) ? given : [{ name: "the experiment", result: given }];
  const result = combine(parts);
  if (result.records.length === 0)
    throw new RangeError("report: no run has ended yet; run the experiment first.");
  const groups = groupsOf(result);
  const tables = groups.flatMap((group) =>
    [ertTable(result, group), endsTable(result, group), pairsTable(result, group)].flatMap((table) =>
      table === undefined ? [] : [{ problem: group.label, table }],
    ),
  );
  const drawn = figures(result, options);
  const words = methods(result);
  return {
    figures: drawn,
    tables: tables.map(({ table }) => table),
    methods: words,
    html: page({
      result,
      title:
        options.title ??
        titleOf(
          result,
          groups.map(({ label }) => label),
        ),
      problems: groups.map(({ label }) => label),
      figures: drawn,
      tables,
      failures: failuresOf(result, groups),
      methods: words,
      environments: parts.flatMap(({ name, environment }) =>
        environment === undefined ? [] : [{ name, facts: environment }],
      ),
    }),
  };
}

/** The files of a report, path → text: report.html, figures/*.svg, tables/*.{csv,md,tex}, methods.txt. */
export function reportFiles({
  html,
  figures: drawn,
  tables,
  methods: words,
}: Report): ReadonlyMap<string, string> {
  return new Map([
    ["report.html", html],
    ...drawn.map(({ name, svg }) => [`figures/${name}.svg`, svg] as const),
    ...tables.flatMap((table) => [
      [`tables/${table.name}.csv`, toCsv(table)] as const,
      [`tables/${table.name}.md`, toMarkdown(table)] as const,
      [`tables/${table.name}.tex`, toLatex(table)] as const,
    ]),
    ["methods.txt", `${words}\n`],
  ]);
}

function isParts(given: ExperimentResult | readonly ReportPart[]): given is readonly ReportPart[] {
  return Array.isArray(given);
}

function titleOf({ spec }: ExperimentResult, problems: readonly string[]): string {
  const few = (names: readonly string[], noun: string): string =>
    names.length > 3 ? `${names.length} ${noun}` : names.join(", ");
  const lines = few(
    spec.optimizers.map(({ label, name }) => nameInWords(label, name).replace(/^the /, "")),
    "optimizers",
  );
  return `${lines} on ${few(problems, "problems")}`;
}
