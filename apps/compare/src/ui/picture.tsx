// The curves as a file: what the page shows, drawn anew at a size for print, with the experiment inside.
import { LossCurves, renderSvg } from "@basin/charts";
import { withProvenance } from "@basin/report";
import { axisNames, type View } from "../state/config.ts";
import type { Results } from "../state/results.ts";

export function pictureOf(results: Results, view: View, problem: number): string {
  const svg = renderSvg(
    <LossCurves
      series={results.series(view.axis, problem)}
      styles={results.styles}
      width={820}
      height={460}
      xScale={view.xScale}
      yScale={view.yScale}
      xLabel={axisNames[view.axis]}
    />,
  );
  return withProvenance(svg, results.result(), "curves");
}
