// The figures of an experiment as SVG files; each carries the experiment and its fingerprint in its metadata.
import { renderSvg } from "@basin/charts";
import type { ExperimentResult } from "@basin/experiment";
import { drawings, type Drawing, type DrawingOptions } from "./drawings.tsx";
import { groupsOf } from "./groups.ts";
import { withProvenance } from "./provenance.ts";

export interface Figure extends Omit<Drawing, "chart"> {
  readonly svg: string;
}

export type FigureOptions = Pick<DrawingOptions, "defaultOf">;

/** Curves, ECDF and ends for each problem; then what spans all of them, and what the experiment has grids for. */
export function figures(result: ExperimentResult, options: FigureOptions = {}): Figure[] {
  const drawn = drawings(result, options);
  const runtimes = drawn.runtimes();
  const byProblem = [drawn.curves(), runtimes, drawn.ends()];
  return [
    ...groupsOf(result).flatMap(({ label }) =>
      byProblem.flatMap((list) => list.filter(({ problem }) => problem === label)),
    ),
    ...runtimes.filter(({ problem }) => problem === undefined),
    ...drawn.ranks(),
    ...drawn.sensitivity(),
  ].map(({ chart, ...figure }) => ({
    ...figure,
    svg: withProvenance(renderSvg(chart), result, figure.name),
  }));
}
