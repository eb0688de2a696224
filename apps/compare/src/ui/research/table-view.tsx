// A table of a report in the page, and as files for papers.
import type { JSX } from "preact";
import { isNumeric, shown, toCsv, toLatex, toMarkdown, type Table } from "@basin/report";
import { download } from "../download.ts";

const forms = [
  ["CSV", "csv", "text/csv", toCsv],
  ["Markdown", "md", "text/markdown", toMarkdown],
  ["LaTeX", "tex", "application/x-tex", toLatex],
] as const;

export function TableView({ table }: { readonly table: Table }): JSX.Element {
  const sides = table.columns.map((_, c) => (isNumeric(table, c) ? undefined : "words"));
  return (
    <div class="report-table">
      <div class="scroll" tabIndex={0} role="region" aria-label={table.title}>
        <table>
          <caption>
            <span>{table.title}</span>
          </caption>
          <thead>
            <tr>
              {table.columns.map((name, c) => (
                <th scope="col" key={name} class={sides[c]}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={row.slice(0, 2).join(" ")}>
                {row.map((value, c) =>
                  c === 0 ? (
                    <th scope="row" key={c}>
                      {shown(value)}
                    </th>
                  ) : (
                    <td key={c} class={sides[c]}>
                      {shown(value)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {table.note === undefined ? null : <p class="quiet">{table.note}</p>}
      <div class="buttons">
        {forms.map(([label, ending, type, text]) => (
          <button
            type="button"
            class="text"
            key={label}
            aria-label={`${table.title} as ${label}`}
            onClick={() => download(`${table.name}.${ending}`, type, text(table))}
          >
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}
