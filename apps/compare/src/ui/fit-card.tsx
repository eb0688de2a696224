// What each optimizer's model says about the data, side by side.
import type { JSX } from "preact";
import { signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { FitView, formatNumber, type SeriesStyle } from "@basin/charts";
import type { RunRecord } from "@basin/experiment";
import type { FitAnswer, FitPicture, NoAnswer } from "../engine/survey.ts";
import type { HeldRun } from "../state/held.ts";
import { grid, indexOf, moment, seedShown } from "../state/replay.ts";
import type { Results } from "../state/results.ts";
import { lookedAt } from "../state/looked-at.ts";
import { shownIn, surveyor } from "../state/store.ts";
import { seen } from "../state/turns.ts";
import { Later } from "./later.tsx";
import { useWidth } from "./use-width.ts";

const answer = signal<FitAnswer | NoAnswer | undefined>(undefined);
const drawn: { of: Results | undefined; what: string; at: number } = { of: undefined, what: "", at: 1 };

/** The point recommended at this share of the run; at its end the result. */
function pointAt({ result }: RunRecord, share: number): Float64Array {
  const { points, cost } = result.trace;
  if (share >= 1 || points === undefined) return Float64Array.from(result.best.x);
  const n = result.best.x.length;
  const from = indexOf(share, cost.length) * n;
  const point = points.slice(from, from + n);
  return point.every((x) => Number.isFinite(x)) ? point : Float64Array.from(result.start.x);
}

function survey(
  results: Results,
  held: readonly HeldRun[],
  seed: number,
  problem: number,
  share: number,
): void {
  if (results !== drawn.of) {
    Object.assign(drawn, { of: results, what: "", at: 1 });
    answer.value = undefined;
  }
  const { records, key } = lookedAt(results, held, seed, problem);
  if (records.length === 0 || (key === drawn.what && share === drawn.at)) return;
  Object.assign(drawn, { what: key, at: share });
  surveyor.ask(
    {
      kind: "fit",
      spec: records[0]!.run.spec,
      candidates: records.map((record) => ({
        label: results.spec.optimizers[record.run.entry]!.label,
        x: pointAt(record, share),
      })),
    },
    (given) => {
      if (results === drawn.of && key === drawn.what && (given.kind === "fit" || given.kind === "none"))
        answer.value = given;
    },
  );
}

/** "test loss 0.02 · 98 % right" from what the objective reports, on the test examples where there are some. */
function noted(report: Readonly<Record<string, number>>): string {
  const names = Object.keys(report);
  const tested = names.filter((name) => name.startsWith("test"));
  return (tested.length > 0 ? tested : names)
    .slice(0, 2)
    .map((name) =>
      name.endsWith("accuracy")
        ? `${Math.round(100 * report[name]!)} % right`
        : `${name} ${formatNumber(report[name]!, 2)}`,
    )
    .join(" · ");
}

const heightOf = (width: number): number => Math.round(width * 0.85) + 40;

function draw(drawing: {
  readonly picture: FitPicture;
  readonly fit: FitAnswer;
  readonly width: number;
  readonly style: SeriesStyle;
}): JSX.Element {
  const { picture, fit, width, style } = drawing;
  return (
    <FitView
      label={picture.label}
      style={style}
      note={noted(picture.report)}
      xLabel={fit.xLabel}
      yLabel={fit.yLabel}
      xRange={fit.xRange}
      yRange={fit.yRange}
      points={picture.points ?? fit.points}
      {...(fit.groups === undefined ? {} : { groups: fit.groups })}
      {...(picture.regions === undefined ? {} : { regions: picture.regions })}
      {...(picture.line === undefined ? {} : { line: picture.line })}
      width={width}
      height={heightOf(width)}
    />
  );
}

export function FitCard(): JSX.Element {
  const { results, version, held } = seen("pictures");
  const [ref, width] = useWidth(400);
  const share = moment.value;
  const seed = seedShown.value;
  const problem = shownIn(results);
  useEffect(() => {
    if (results === undefined) return undefined;
    // While the moment moves the fits wait; they are drawn where it comes to rest.
    const wait = setTimeout(() => survey(results, held, seed, problem, share), share === drawn.at ? 0 : 80);
    return () => clearTimeout(wait);
  }, [results, version, held, seed, problem, share]);
  // what was drawn of another experiment has other lines
  const fit = results === drawn.of ? answer.value : undefined;
  const cost = grid();
  const when =
    held.length > 0
      ? "as far as it has come"
      : share >= 1 || cost === undefined
        ? "after the whole budget"
        : `after ${formatNumber(Math.round(cost[indexOf(share, cost.length)]!))} evaluations`;
  const perRow = Math.max(1, Math.floor((width + 12) / 162));
  const each = Math.floor((width - (perRow - 1) * 12) / perRow);
  // Not drawn anew with every run that ends, and two a frame.
  const drawings = useMemo(
    () =>
      fit?.kind === "fit" && results !== undefined
        ? fit.pictures.map((picture) => ({
            picture,
            fit,
            width: each,
            style: results.styles[results.spec.optimizers.findIndex(({ label }) => label === picture.label)]!,
          }))
        : [],
    [fit, each, results],
  );
  return (
    <section class="card fit" id="fit" data-tab="fit" aria-label="Fit">
      <div class="card-head">
        <h2>Fit</h2>
        <p class="quiet">
          seed {seed + 1}, {when}
        </p>
      </div>
      <div ref={ref} class="fits">
        {fit === undefined ? <p class="quiet">Drawn when the first run has ended.</p> : null}
        {fit?.kind === "none" ? <p class="quiet">{fit.reason}</p> : null}
        {drawings.map((drawing, i) => (
          <Later
            key={drawing.picture.label}
            value={drawing}
            after={i >> 1}
            draw={draw}
            empty={<svg width={each} height={heightOf(each)} aria-hidden="true" />}
          />
        ))}
      </div>
      {fit?.kind === "fit" ? (
        <p class="quiet">
          {[
            fit.groups?.map((group, i) => `${["●", "○", "▲"][i % 3]} ${group}`).join("  "),
            `up: ${fit.yLabel}`,
            fit.note,
          ]
            .filter((part) => part !== undefined)
            .join(" · ")}
        </p>
      ) : null}
    </section>
  );
}
