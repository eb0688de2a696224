// A table, and how it reads as Markdown, LaTeX and CSV.
import { formatNumber } from "@basin/charts";

export type Value = string | number;

export interface Table {
  /** Unique in a report; does for the name of a file. */
  readonly name: string;
  readonly title: string;
  /** What the numbers mean. */
  readonly note?: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  /** The same in long form and full precision, for programs. By default the rows. */
  readonly data?: { readonly columns: readonly string[]; readonly rows: readonly (readonly Value[])[] };
}

/** As people read it. */
export function shown(value: Value): string {
  return typeof value === "string" ? value : Number.isNaN(value) ? "–" : formatNumber(value);
}

/** Whether a column holds numbers (or numbers with what belongs to them), which stand at the right. */
export function isNumeric({ rows }: Table, column: number): boolean {
  return (
    rows.length > 0 &&
    rows.every((row) => typeof row[column] === "number" || /^[\d−∞–(]/.test(row[column] ?? "x"))
  );
}

/** A table of GitHub's Markdown. */
export function toMarkdown(table: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  const safe = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
  return (
    line(table.columns.map(safe)) +
    line(table.columns.map((_, c) => (isNumeric(table, c) ? "---:" : "---"))) +
    table.rows.map((row) => line(row.map((value) => safe(shown(value))))).join("")
  );
}

const marks: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "&": "\\&",
  "%": "\\%",
  $: "\\$",
  "#": "\\#",
  _: "\\_",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "−": "$-$",
  "∞": "$\\infty$",
  "×": "$\\times$",
  "≤": "$\\le$",
  "–": "--",
  "≥": "$\\ge$",
  "½": "$\\frac12$",
};
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";

/** Text as LaTeX prints it. */
export function latex(text: string): string {
  return text
    .replaceAll(/[\\{}&%$#_~^−∞×≤≥–½]/g, (mark) => marks[mark]!)
    .replaceAll(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+/g, (run) => {
      const digits = [...run].map((mark) => "0123456789-"[superscripts.indexOf(mark)]).join("");
      return `$^{${digits}}$`;
    });
}

/** A table of LaTeX with the rules of the package booktabs. */
export function toLatex(table: Table): string {
  const line = (cells: readonly string[]): string => `    ${cells.join(" & ")} \\\\\n`;
  const align = table.columns.map((_, c) => (isNumeric(table, c) ? "r" : "l")).join("");
  return (
    `\\begin{table}\n  \\centering\n  \\caption{${latex(table.title)}}\n  \\label{tab:${table.name}}\n` +
    `  \\begin{tabular}{${align}}\n    \\toprule\n${line(table.columns.map(latex))}    \\midrule\n` +
    table.rows.map((row) => line(row.map((value) => latex(shown(value))))).join("") +
    "    \\bottomrule\n  \\end{tabular}\n\\end{table}\n"
  );
}

/** RFC 4180; numbers are the shortest that read back exactly, NaN is empty. */
export function toCsv(table: Table): string {
  const { columns, rows } = table.data ?? table;
  const cell = (value: Value): string => {
    if (typeof value === "number") return Number.isNaN(value) ? "" : String(value);
    return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  };
  return [columns, ...rows].map((row) => `${row.map(cell).join(",")}\n`).join("");
}
