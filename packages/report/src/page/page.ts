// The report as one HTML file: no scripts, nothing fetched, readable by eye, by keyboard and by ear.
import {
  budgetInWords,
  fairness,
  fingerprint,
  verdict,
  version,
  type ExperimentResult,
} from "@basin/experiment";
import type { Failure } from "../failures.ts";
import type { Figure } from "../figures.ts";
import { runCommand } from "../provenance.ts";
import { isNumeric, shown, toCsv, toLatex, toMarkdown, type Table, type Value } from "../tables/table.ts";
import { html, Markup } from "./markup.ts";
import { pageCss } from "./style.ts";

export interface PageParts {
  readonly result: ExperimentResult;
  readonly title: string;
  /** Labels of the groups of problems. */
  readonly problems: readonly string[];
  readonly figures: readonly Figure[];
  /** By the problem they are about. */
  readonly tables: readonly { readonly problem: string; readonly table: Table }[];
  readonly failures: readonly Failure[];
  readonly methods: string;
  /** With what it ran, one entry for each folder. */
  readonly environments: readonly {
    readonly name: string;
    readonly facts: Readonly<Record<string, unknown>>;
  }[];
}

/** The text of report.html. */
export function page(parts: PageParts): string {
  const { result, title, problems, figures, failures, environments } = parts;
  const mark = fingerprint(result);
  const { budget } = result.spec;
  // no style but the page's own: a name that smuggled one in would not know the mark
  const policy = `default-src 'none'; style-src 'nonce-${mark}'; base-uri 'none'; form-action 'none'`;
  const overall = figures.filter(({ problem }) => problem === undefined);
  const several = problems.length > 1;
  const sections = problems.map((label, i) => ({ label, id: `problem-${i + 1}` }));
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="basin ${version}" />
        <title>${title}</title>
        <style nonce="${mark}">
          ${new Markup(pageCss)}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p>
            ${result.records.length} runs, ${result.spec.replicates} of each optimizer on each problem, budget
            ${typeof budget === "number" ? `${shown(budget)} evaluations` : budgetInWords(budget)}.
            Fingerprint <code>${mark}</code>.
          </p>
          <nav aria-label="Contents">
            <ul>
              <li><a href="#verdict">Verdict</a></li>
              ${sections.map(({ label, id }) => html`<li><a href="#${id}">${several ? label : "Figures and tables"}</a></li>`)}
              ${several && overall.length > 0 ? html`<li><a href="#overall">All problems</a></li>` : undefined}
              <li><a href="#failures">Failures</a></li>
              <li><a href="#methods">Methods</a></li>
              <li><a href="#environment">Environment</a></li>
            </ul>
          </nav>
        </header>
        <main>
          <h2 id="verdict">Verdict</h2>
          ${verdict(result).sentences.map((sentence) => html`<p>${sentence}</p>`)}
          <h3>Is it fair?</h3>
          <ul>
            ${fairness(result).map(
              ({ ok, statement, detail }) =>
                html`<li>
                  <span class="sign">${ok ? "✓" : "✗ Does not hold:"}</span> ${statement} ${detail}
                </li> `,
            )}
          </ul>
          ${sections.map(({ label, id }) => section(parts, label, id))}
          ${
            overall.length > 0
              ? html`<h2 id="overall">${several ? "All problems" : "Ranks"}</h2>
                  ${overall.map(figureOf)}`
              : undefined
          }
          <h2 id="failures">Failures</h2>
          ${failures.length === 0 ? html`<p>No run failed, and none diverged.</p>` : failureTable(failures)}
          <h2 id="methods">Methods</h2>
          <p>Ready to paste:</p>
          <blockquote class="paste">${parts.methods}</blockquote>
          <h2 id="environment">Environment</h2>
          ${environments.length === 0 ? html`<p>Nothing is known of where it ran.</p>` : environments.map(environmentTable)}
          <h3>The experiment</h3>
          <p>${commandLine(result)}</p>
          <details>
            <summary>spec.json</summary>
            ${block(`${JSON.stringify(result.spec, null, 2)}\n`, "The experiment as a file")}
          </details>
        </main>
        <footer>
          Made by basin ${version}. Every number here follows from the records of the experiment; intervals
          and restarts draw from its own seed.
        </footer>
      </body>
    </html> `.text;
}

function section({ figures, tables }: PageParts, label: string, id: string): Markup {
  return html`<h2 id="${id}">${label}</h2>
    ${figures.filter(({ problem }) => problem === label).map(figureOf)}
    ${tables.filter(({ problem }) => problem === label).map(({ table }) => tableOf(table))}`;
}

/** Inside the page the page's own sheet rules, and the experiment need not stand in every figure. */
function figureOf({ title, caption, svg }: Figure): Markup {
  const inside = svg.replace(/<metadata>[\s\S]*?<\/metadata>/, "").replace(/<style>[\s\S]*?<\/style>/, "");
  return html`<figure>
    <div class="scroll" tabindex="0" role="region" aria-label="${title}">${new Markup(inside)}</div>
    <figcaption><strong>${title}.</strong> ${caption}</figcaption>
  </figure> `;
}

function tableOf(table: Table): Markup {
  const csv = `data:text/csv;charset=utf-8,${encodeURIComponent(toCsv(table))}`;
  return html`${grid(table)} ${table.note === undefined ? undefined : html`<p class="note">${table.note}</p>`}
    <details>
      <summary>As Markdown, LaTeX and CSV: ${table.title}</summary>
      ${block(toMarkdown(table), `${table.title}, as Markdown`)}
      ${block(toLatex(table), `${table.title}, as LaTeX`)}
      <p><a download="${table.name}.csv" href="${csv}">${table.name}.csv</a></p>
    </details> `;
}

function grid(table: Table): Markup {
  const side = table.columns.map((_, c) => (isNumeric(table, c) ? "number" : ""));
  const classOf = (c: number): Markup => (side[c] === "" ? html`` : html` class="number"`);
  const long = (value: Value): boolean => typeof value === "string" && value.length > 60;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${table.title}">
    <table>
      <caption>
        ${table.title}
      </caption>
      <thead>
        <tr>
          ${table.columns.map((name, c) => html`<th scope="col" ${classOf(c)}>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${table.rows.map(
          (row) =>
            html`<tr>
              ${row.map((value, c) =>
                c === 0
                  ? html`<th scope="row">${shown(value)}</th>`
                  : html`<td${long(value) ? html` class="wide"` : classOf(c)}>${shown(value)}</td>`,
              )}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

function failureTable(failures: readonly Failure[]): Markup {
  return grid({
    name: "failures",
    title: "Runs that failed or diverged",
    columns: ["problem", "optimizer", "runs", "what", "reason", "replicates"],
    rows: failures.map(({ problem, label, what, reason, runs, replicates }) => [
      problem,
      label,
      runs,
      what,
      reason,
      replicates.join(" "),
    ]),
  });
}

function environmentTable({ name, facts }: PageParts["environments"][number]): Markup {
  return grid({
    name: "environment",
    title: `Environment of ${name}`,
    columns: ["what", "value"],
    rows: Object.entries(facts).map(([what, value]) => [
      what,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  });
}

function commandLine({ spec }: ExperimentResult): Markup {
  const command = runCommand(spec);
  return command === undefined
    ? html`Save the file below as <code>experiment.json</code>, and run
        <code>basin run experiment.json -o out/</code>.`
    : html`Run again with <code>${command}</code>.`;
}

function block(text: string, label: string): Markup {
  return html`<pre tabindex="0" role="region" aria-label="${label}">${text}</pre>`;
}
