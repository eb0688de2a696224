// The pictures of an experiment, as elements: a page shows them as they are, figures.ts makes files of them.
import {
  CriticalDifference,
  EcdfCurves,
  EndValues,
  formatNumber,
  LossCurves,
  Sensitivity,
  seriesStyles,
  type SeriesStyle,
} from "@basin/charts";
import { budgetOf, curves, type ExperimentResult } from "@basin/experiment";
import { median, runtimeEcdf } from "@basin/experiment/statistics";
import type { JSX } from "preact";
import { gridsOf, pointsOf } from "./grids.ts";
import { endOf, groupsOf, minimumOf, recordsIn, runtimesIn, type Group } from "./groups.ts";
import { levelOf } from "./logs/progress.ts";
import { ranksOf } from "./ranks.ts";
import { drawsFor } from "./tables/draws.ts";

export interface Drawing {
  /** Unique in a report; the name of its file without ".svg". */
  readonly name: string;
  readonly title: string;
  /** How to read it. */
  readonly caption: string;
  /** What it is about; undefined: all of them. */
  readonly problem: string | undefined;
  readonly chart: JSX.Element;
}

export interface DrawingOptions {
  /** What a hyperparameter is by default, so that a line with the default stands in its place on a grid. */
  readonly defaultOf?: (optimizer: string, hyperparameter: string) => unknown;
  /** Pixels. Default 820. */
  readonly width?: number;
}

/** Each kind is drawn when it is asked for. */
export interface Drawings {
  /** Of each problem that has curves. */
  curves(): Drawing[];
  /** ECDF of runtimes: of each problem, then of all together. */
  runtimes(): Drawing[];
  /** Where the runs of each problem ended. */
  ends(): Drawing[];
  /** Mean ranks; none for fewer than two optimizers or two blocks. */
  ranks(): Drawing[];
  /** For each grid over one hyperparameter. */
  sensitivity(): Drawing[];
}

export function drawings(
  result: ExperimentResult,
  { defaultOf, width = 820 }: DrawingOptions = {},
): Drawings {
  const groups = groupsOf(result);
  const styles = seriesStyles(result.spec.optimizers);
  const of = (kind: string, group: Group): string => (groups.length === 1 ? kind : `${kind}-${group.name}`);
  const above = (group: Group): string => (group.aboveMinimum ? " above the known minimum" : "");
  return {
    curves: () =>
      groups.flatMap((group) =>
        curvesOf(result, group, styles, width).map((chart) => ({
          name: of("curves", group),
          title: `Loss on ${group.label}`,
          caption: `Median of the loss${above(group)} against evaluations, with the middle half and the 10–90 % band over seeds. Runs that failed or diverged count as ∞ and leave through the top.`,
          problem: group.label,
          chart,
        })),
      ),
    runtimes: () => [
      ...groups.map((group) => ({
        name: of("ecdf", group),
        title: `Runtimes on ${group.label}`,
        caption: ecdfCaption(group.targets),
        problem: group.label,
        chart: ecdfOf(result, [group], styles, of("ecdf", group), width),
      })),
      ...(groups.length > 1
        ? [
            {
              name: "ecdf",
              title: "Runtimes over all problems",
              caption:
                "All pairs of problem and target weigh the same. Simulated restarts as in COCO; a plus marks the longest run.",
              problem: undefined,
              chart: ecdfOf(result, groups, styles, "ecdf", width),
            },
          ]
        : []),
    ],
    ends: () =>
      groups.map((group) => ({
        name: of("ends", group),
        title: `Where runs end on ${group.label}`,
        caption: `The loss${above(group)} at the end of each run; those that failed or diverged are counted at the right.`,
        problem: group.label,
        chart: endsOf(result, group, styles, width),
      })),
    ranks: () =>
      ranksChart(result, groups, styles, width).map(({ chart, caption }) => ({
        name: "ranks",
        title: "Mean ranks",
        caption,
        problem: undefined,
        chart,
      })),
    sensitivity: () =>
      gridsOf(result, defaultOf).flatMap((grid, g) =>
        groups.flatMap((group) => {
          const points = pointsOf(result, group, grid);
          if (points.length < (grid.names === undefined ? 3 : 2)) return [];
          const name = `sensitivity-${grid.optimizer}-${grid.hyperparameter}${g === 0 ? "" : `-${g + 1}`}`;
          return [
            {
              name: of(name, group),
              title: `${grid.optimizer}: how much ${grid.hyperparameter} matters on ${group.label}`,
              caption:
                "The loss at the end over the values of one hyperparameter: median and middle half over seeds.",
              problem: group.label,
              chart: (
                <Sensitivity
                  points={points}
                  name={grid.hyperparameter}
                  xScale={grid.scale}
                  {...(grid.names === undefined ? {} : { names: grid.names })}
                  yLabel={endLabel(group)}
                  style={styles[grid.lines[0]!.entry]!}
                  {...(width < 600 ? { width } : {})}
                />
              ),
            },
          ];
        }),
      ),
  };
}

function endLabel({ aboveMinimum }: Group): string {
  return aboveMinimum ? "loss above the known minimum at the end" : "loss at the end";
}

/** Only for one problem: losses of instances with minima of their own have no common axis. */
function curvesOf(
  result: ExperimentResult,
  group: Group,
  styles: readonly SeriesStyle[],
  width: number,
): JSX.Element[] {
  const { problems, optimizers } = result.spec;
  if (group.problems.length > 1) return [];
  const { label } = problems[group.problems[0]!]!;
  const series = curves(result, { axis: "cost" }).filter((curve) => curve.problem === label);
  if (series.length === 0) return [];
  const mine = series.map((curve) => styles[optimizers.findIndex((entry) => entry.label === curve.label)]!);
  const above = group.aboveMinimum ? minimumOf(result, group.problems[0]!) : 0;
  // quantiles move with the numbers; what rounding puts below the minimum is at it
  const gap = (losses: Float64Array): Float64Array => losses.map((loss) => Math.max(0, loss - above));
  const shifted = group.aboveMinimum
    ? series.map((one) => ({
        ...one,
        median: gap(one.median),
        q10: gap(one.q10),
        q25: gap(one.q25),
        q75: gap(one.q75),
        q90: gap(one.q90),
      }))
    : series;
  return [
    <LossCurves
      series={shifted}
      styles={mine}
      yLabel={group.aboveMinimum ? "loss above the known minimum" : "loss"}
      width={width}
      height={Math.max(300, Math.min(440, width))}
    />,
  ];
}

function ecdfCaption(targets: readonly number[]): string {
  const [first, last] = [targets[0]!, targets.at(-1)!];
  const range =
    targets.length === 1
      ? `one target, ${formatNumber(levelOf(first))}`
      : `${targets.length} targets from ${formatNumber(levelOf(first))} to ${formatNumber(levelOf(last))}`;
  return `The share of ${range} (above the known minimum, where there is one) that was reached within a cost. Higher and further left is better. Simulated restarts as in COCO; a plus marks the longest run.`;
}

function ecdfOf(
  result: ExperimentResult,
  groups: readonly Group[],
  styles: readonly SeriesStyle[],
  name: string,
  width: number,
): JSX.Element {
  // budgets that are multiples of the dimension are compared as such, as in COCO
  const perDimension = typeof result.spec.budget === "string";
  const scaleOf = (problem: number): number => (perDimension ? result.spec.problems[problem]!.dimension! : 1);
  const lines = result.spec.optimizers.flatMap(({ label, family }, entry) => {
    const pairs = groups.flatMap((group) => {
      // all problems of a group have one dimension
      const scale = scaleOf(group.problems[0]!);
      return group.targets.map((k) =>
        runtimesIn(result, group, entry, k).map(({ reached, cost }) => ({ reached, cost: cost / scale })),
      );
    });
    if (pairs.some((runs) => runs.length === 0)) return [];
    const { cost, share } = runtimeEcdf(pairs, { rng: drawsFor(result, name, label) });
    const spent = Math.max(
      ...groups.flatMap((group) =>
        recordsIn(result, group, entry).map(({ run, result: one }) => one.tally.cost / scaleOf(run.problem)),
      ),
    );
    return [{ series: { label, family, cost, share, spent }, style: styles[entry]! }];
  });
  const targets = groups.reduce((sum, group) => sum + group.targets.length, 0);
  return (
    <EcdfCurves
      series={lines.map(({ series }) => series)}
      styles={lines.map(({ style }) => style)}
      note={`${targets} ${targets === 1 ? "target" : "targets"}${groups.length > 1 ? ` on ${groups.length} problems` : ""} · + longest run`}
      {...(perDimension ? { xLabel: "evaluations / n" } : {})}
      xMax={
        10 *
        Math.max(
          ...groups.flatMap(({ problems }) => problems.map((p) => budgetOf(result.spec, p) / scaleOf(p))),
        )
      }
      width={width}
      height={Math.max(300, Math.min(400, width))}
    />
  );
}

function endsOf(
  result: ExperimentResult,
  group: Group,
  styles: readonly SeriesStyle[],
  width: number,
): JSX.Element {
  const rows = result.spec.optimizers.flatMap(({ label, family }, entry) => {
    const losses = recordsIn(result, group, entry).map((record) => endOf(record, group));
    return losses.length === 0
      ? []
      : [{ row: { label, family, losses, median: median(losses) }, style: styles[entry]! }];
  });
  return (
    <EndValues
      rows={rows.map(({ row }) => row)}
      styles={rows.map(({ style }) => style)}
      label={endLabel(group)}
      width={width}
    />
  );
}

function ranksChart(
  result: ExperimentResult,
  groups: readonly Group[],
  styles: readonly SeriesStyle[],
  width: number,
): { readonly chart: JSX.Element; readonly caption: string }[] {
  const ranks = ranksOf(result, groups);
  if (ranks === undefined) return [];
  const { entries, meanRanks, blocks, over, p, difference, level } = ranks;
  const methods = entries.map((entry, i) => {
    const { label, family } = result.spec.optimizers[entry]!;
    return { label, family, rank: meanRanks[i]! };
  });
  return [
    {
      caption: `Mean ranks of the loss at the end over ${blocks} ${over}, 1 the best. Friedman's test: p = ${formatNumber(p)}. Optimizers under one bar do not differ by Nemenyi's test at the level ${level}.`,
      chart: (
        <CriticalDifference
          methods={methods}
          styles={entries.map((entry) => styles[entry]!)}
          difference={difference}
          groups={ranks.indistinct}
          note={`${blocks} ${over} · level ${level}`}
          width={width}
        />
      ),
    },
  ];
}
