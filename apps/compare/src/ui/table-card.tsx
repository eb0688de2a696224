// The same numbers as a table and as files: loss against evaluations.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { formatNumber, indexAt, sayLoss } from "@basin/charts";
import { experimentFiles } from "@basin/experiment";
import { download } from "./download.ts";
import { axisNames } from "../state/config.ts";
import { session, shownIn, view } from "../state/store.ts";
import { seen } from "../state/turns.ts";
import { Key, type Series } from "@basin/charts";

/** What is handed out, the same bytes as the terminal leaves under these names. */
const files = [
  ["Summary as CSV", "summary.csv", "text/csv"],
  ["Curves as CSV", "curves.csv", "text/csv"],
  ["Runs as CSV", "runs.csv", "text/csv"],
  ["Records as NDJSON", "runs.ndjson", "application/x-ndjson"],
] as const;

/** 1, 2, 5, 10, 20 … up to the end, thinned to about ten rows, and the end itself. */
function rowsOf(series: readonly Series[]): number[] {
  let [low, high] = [Infinity, 0];
  for (const { x, median } of series)
    for (let i = 0; i < x.length; i++)
      if (!Number.isNaN(median[i]!) && x[i]! > 0) [low, high] = [Math.min(low, x[i]!), Math.max(high, x[i]!)];
  if (!Number.isFinite(low)) return [];
  const rows: number[] = [];
  for (let decade = -9; decade <= 12; decade++)
    for (const digit of high / low > 200 ? [1, 3] : [1, 2, 5]) {
      const at = Number(`${digit}e${decade}`);
      if (at >= low * 0.999 && at < high * 0.999) rows.push(at);
    }
  return [...rows, high];
}

export function TableCard(): JSX.Element {
  const { results, version, status } = seen("words");
  const { axis } = view.value;
  const problem = shownIn(results);
  const series = results?.series(axis, problem).filter(({ n }) => n > 0) ?? [];
  const ready = results !== undefined && results.count > 0;
  const ended = status !== "running" && status !== "paused";
  const picture = async (as: "SVG" | "PNG"): Promise<void> => {
    if (results === undefined) return;
    try {
      const { pictureOf, pixelsOf } = await import("./picture.tsx");
      const svg = pictureOf(results, view.value, shownIn(results));
      if (as === "SVG") download("curves.svg", "image/svg+xml", svg);
      else download("curves.png", "image/png", await pixelsOf(svg));
    } catch (error) {
      session.complain(`The picture was not made: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  // While runs come in, once a second is enough for a table.
  const pace = ended ? version : Math.floor(version / 10);
  const numbers = useMemo(
    () => (
      <table>
        <caption>
          <span>
            Median loss (middle half) against {axisNames[axis]}. These are the numbers the curves draw.
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{axisNames[axis]}</th>
            {series.map(({ label }) => (
              <th scope="col" key={label}>
                <Key
                  style={
                    results!.styles[results!.spec.optimizers.findIndex((entry) => entry.label === label)]!
                  }
                  width={26}
                />{" "}
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(series).map((at) => (
            <tr key={at}>
              <th scope="row">{formatNumber(at)}</th>
              {series.map((line) => {
                const k = indexAt(line, at * 1.000001);
                return (
                  <td key={line.label}>
                    {k < 0 ? (
                      "–"
                    ) : (
                      <>
                        {sayLoss(line.median[k]!)}{" "}
                        {line.q25[k] === Infinity ? null : (
                          <small>
                            ({sayLoss(line.q25[k]!)} – {sayLoss(line.q75[k]!)})
                          </small>
                        )}
                      </>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
          {series.length === 0 ? null : (
            <tr>
              <th scope="row">failed or diverged</th>
              {series.map(({ label, diverged, n }) => (
                <td key={label}>
                  {diverged} of {n}
                </td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    ),
    [results, axis, problem, pace, ended],
  );
  return (
    <section class="card table" id="table" data-tab="table" aria-label="Table">
      <div class="card-head">
        <h2>Table</h2>
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label={`Median loss against ${axisNames[axis]}`}>
        {numbers}
      </div>
      <div class="buttons">
        {files.map(([label, name, type]) => (
          <button
            type="button"
            key={name}
            disabled={!ready || !ended}
            onClick={() =>
              results !== undefined && download(name, type, experimentFiles(results.result()).get(name)!)
            }
          >
            {label}
          </button>
        ))}
        {(["SVG", "PNG"] as const).map((as) => (
          <button type="button" key={as} disabled={!ready || !ended} onClick={() => void picture(as)}>
            Picture as {as}
          </button>
        ))}
      </div>
    </section>
  );
}
