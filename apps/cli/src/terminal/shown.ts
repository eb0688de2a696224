// An experiment as it is shown in the terminal: table, picture, verdict, fairness, fingerprint.
import {
  curves,
  fairness,
  fingerprint,
  lossInWords,
  countInWords,
  verdict,
  type Curve,
  type ExperimentResult,
  type Standings,
} from "@basin/experiment";
import { plot } from "./plot.ts";
import { manyShown } from "./many-shown.ts";
import { bold, coloured, letterOf, quiet, wrap, type Style } from "./style.ts";
import { table } from "./table.ts";

export interface ShownOptions {
  readonly style: Style;
  readonly plot: boolean;
}

/** Of more problems than this each gets a row, and no table and picture of its own. */
const FEW = 3;

export function shown(result: ExperimentResult, options: ShownOptions): string {
  const { style } = options;
  if (result.spec.problems.length > FEW)
    return [manyShown(result, style), ending(result, style)].join("\n\n");
  const { sentences, problems } = verdict(result);
  const all = curves(result, { axis: "cost" });
  const lines = result.spec.optimizers.map(({ label }) => label);
  const parts = problems.map((standings) => {
    const mine = lines
      .map((label, line) => ({
        line,
        curve: all.find((curve) => curve.problem === standings.problem && curve.label === label),
      }))
      .filter((one): one is { line: number; curve: Curve } => one.curve !== undefined);
    return [
      bold(standings.problem, style),
      tableOf(standings, mine, lines, style),
      ...(options.plot ? [pictureOf(mine, style)] : []),
    ]
      .filter((part) => part !== "")
      .join("\n\n");
  });
  return [
    ...parts,
    sentences.map((sentence) => wrap(sentence, style.width)).join("\n"),
    ending(result, style),
  ].join("\n\n");
}

function ending(result: ExperimentResult, style: Style): string {
  const checks = fairness(result).map(({ ok, statement, detail }) =>
    wrap(`${ok ? "✓" : "✗"} ${statement}${ok ? "" : ` ${detail}`}`, style.width, "  "),
  );
  return [quiet(checks.join("\n"), style), `Fingerprint ${fingerprint(result)}`].join("\n\n");
}

function tableOf(
  { rows, seeds, target }: Standings,
  mine: readonly { readonly line: number; readonly curve: Curve }[],
  lines: readonly string[],
  style: Style,
): string {
  const columns = [
    { head: "" },
    { head: "optimizer", flexible: true },
    { head: "loss", right: true },
    { head: "middle half", right: true, spare: 2 },
    { head: "lowest in", right: true, spare: 1 },
    { head: target === undefined ? "reached" : `to reach ${lossInWords(target)}`, right: true },
    { head: "lost", right: true, ...(rows.every(({ lost }) => lost === 0) ? { spare: 3 } : {}) },
  ];
  const order = rows.map(({ label }) => lines.indexOf(label));
  const cells = rows.map((row) => {
    const { curve } = mine.find((one) => one.curve.label === row.label)!;
    const end = curve.x.length - 1;
    return [
      letterOf(lines.indexOf(row.label)),
      row.label,
      lossInWords(row.medianLoss),
      `${lossInWords(curve.q25[end]!)} to ${lossInWords(curve.q75[end]!)}`,
      `${row.wins + row.shared}/${seeds}`,
      row.medianCost === Infinity ? `${row.reached}/${row.n}` : countInWords(row.medianCost),
      `${row.lost}/${row.n}`,
    ];
  });
  return table(columns, cells, style, (cell, row, column) =>
    column < 2 ? coloured(cell, order[row]!, style) : cell,
  );
}

function pictureOf(mine: readonly { readonly line: number; readonly curve: Curve }[], style: Style): string {
  // by place in the spec, so that letters and colours are those of the table
  const lines: { x: ArrayLike<number>; y: ArrayLike<number> }[] = [];
  for (const { line, curve } of mine) lines[line] = { x: curve.x, y: curve.median };
  return plot(
    Array.from(lines, (line) => line ?? { x: [], y: [] }),
    {
      style,
      xLabel: "evaluations (log scale)",
      yLabel: "loss",
    },
  );
}
