// The curves as a file: what the page shows, drawn anew at a size for print.
import { LossCurves, renderSvg } from "@basin/charts";
import { axisNames, type View } from "../state/config.ts";
import type { Results } from "../state/results.ts";

export function pictureOf(results: Results, view: View, problem: number): string {
  return renderSvg(
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
}
