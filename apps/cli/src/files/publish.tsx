// The files of a finished experiment, apart from its records: tables and a picture, the same bytes on every machine.
import { LossCurves, renderSvg, seriesStyles } from "@basin/charts";
import { curves, curvesCsv, runsCsv, summaryCsv, type ExperimentResult } from "@basin/experiment";
import type { Store } from "@basin/experiment/node";
import { withProvenance } from "@basin/report";

/** Writes them into the folder, each whole or not at all; returns their names. */
export function publish(result: ExperimentResult, store: Store): string[] {
  return filesOf(result).map(([name, text]) => {
    store.write(name, text);
    return name;
  });
}

/** Of more problems than this nobody looks at the pictures one by one. */
const PICTURES = 24;

/** Name and text of each. One picture for each problem, where these are few: `basin report` draws what there is to see of many. */
function filesOf(result: ExperimentResult): (readonly [name: string, text: string])[] {
  const { problems, optimizers } = result.spec;
  const styles = seriesStyles(optimizers);
  const all = curves(result, { axis: "cost" });
  return [
    ["summary.csv", summaryCsv(result)],
    ["runs.csv", runsCsv(result)],
    ["curves.csv", curvesCsv(result)],
    ...(problems.length > PICTURES ? [] : problems).map(({ label }) => {
      const series = all.filter((curve) => curve.problem === label);
      const mine = series.map(
        (curve) => styles[optimizers.findIndex((entry) => entry.label === curve.label)]!,
      );
      const picture = renderSvg(<LossCurves series={series} styles={mine} width={820} height={460} />);
      const name = problems.length === 1 ? "curves" : `curves-${label.replaceAll(/[^\w=.-]+/g, "-")}`;
      return [`${name}.svg`, withProvenance(picture, result, name)] as const;
    }),
  ];
}
