// The loss curves, with a choice of axes.
import type { JSX } from "preact";
import { formatNumber, LossCurvesFigure, type ScaleKind } from "@basin/charts";
import { budgetOf } from "@basin/experiment";
import { axisNames, type View, type XAxis } from "../state/config.ts";
import { threadsOf } from "../state/held.ts";
import { cursor, shownIn, view } from "../state/store.ts";
import { seen } from "../state/turns.ts";
import { useWidth } from "./use-width.ts";

function Choice<T extends string>(props: {
  legend: string;
  name: keyof View;
  options: readonly (readonly [T, string])[];
}): JSX.Element {
  return (
    <fieldset class="choice">
      <legend>{props.legend}</legend>
      {props.options.map(([value, label]) => (
        <label key={value}>
          <input
            type="radio"
            name={props.name}
            value={value}
            checked={view.value[props.name] === value}
            onChange={() => (view.value = { ...view.value, [props.name]: value })}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

const scales: readonly (readonly [ScaleKind, string])[] = [
  ["log", "log"],
  ["linear", "linear"],
];
const axes: readonly (readonly [XAxis, string])[] = [
  ["cost", "evaluations"],
  ["queries", "queries"],
  ["examples", "examples"],
  ["seconds", "seconds"],
];

const explained: Readonly<Record<XAxis, string>> = {
  cost: "Every time we compute the loss, we count one evaluation; a slope is counted at what it costs.",
  queries: "Questions asked, whatever each costs: a slope counts as much as a look.",
  examples: "Examples visited: a mini-batch counts its share of the data.",
  seconds: "Seconds on this machine: the only axis that changes from run to run.",
};

export function CurvesCard(): JSX.Element {
  const { results, held } = seen("curves");
  const problem = shownIn(results);
  const [ref, width] = useWidth(760);
  const { axis, xScale, yScale } = view.value;
  const series = results?.series(axis, problem) ?? [];
  const known = series.filter(({ n }) => n > 0);
  const slope = results?.slope(problem);
  const several =
    results === undefined || results.spec.problems.length < 2
      ? ""
      : ` on ${results.spec.problems[problem]?.label ?? ""}`;
  const narrow = width < 460;
  const threads = results === undefined ? [] : threadsOf(held, results, axis, problem);
  const names = new Set([...known, ...threads].map(({ label }) => label)).size;
  return (
    <section class="card curves" id="curves" data-tab="curves" aria-label="Loss">
      <div class="card-head">
        <h2>Loss{several}</h2>
        <div class="choices">
          <Choice legend="across" name="axis" options={axes} />
          <Choice legend="x" name="xScale" options={scales} />
          <Choice legend="y" name="yScale" options={scales} />
        </div>
      </div>
      <div ref={ref}>
        <LossCurvesFigure
          series={known}
          styles={results?.styles.filter((_, i) => series[i]!.n > 0) ?? []}
          width={width}
          height={narrow ? 340 + 20 * names : Math.max(400, Math.min(620, Math.round(width * 0.84)))}
          threads={threads}
          xScale={xScale}
          yScale={yScale}
          xLabel={axisNames[axis]}
          {...(axis === "cost" && results !== undefined ? { xMax: budgetOf(results.spec, problem) } : {})}
          onCursor={(next) => (cursor.value = axis === "cost" ? next : undefined)}
        />
      </div>
      <p class="quiet">
        {explained[axis]}
        {axis === "cost" && slope !== undefined
          ? ` Here a slope costs ${formatNumber(slope.price, 2)} (counted in operations); without back-propagation it would cost ${formatNumber(slope.dimension + 1)}.`
          : ""}
      </p>
    </section>
  );
}
