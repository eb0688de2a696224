// What a report holds: figures that know where they come from, tables in three forms, a paragraph, several folders as one.
import { expect, test } from "vitest";
import {
  finalLoss,
  fingerprint,
  parseSpec,
  version,
  type ExperimentFile,
  type ExperimentResult,
} from "@basin/experiment";
import { catalog } from "@basin/catalog";
import {
  combine,
  commandOf,
  figures,
  methods,
  provenanceOf,
  report,
  runCommand,
  reportFiles,
  toCsv,
  toLatex,
  toMarkdown,
  type Table,
} from "@basin/report";
import { gridsOf } from "../src/grids.ts";
import { bbobExperiment, gridExperiment, made, severalProblems } from "./made.ts";

test("the files of a report have fixed names", async () => {
  expect([...reportFiles(report(await gridExperiment())).keys()]).toEqual([
    "report.html",
    "figures/curves.svg",
    "figures/ecdf.svg",
    "figures/ends.svg",
    "figures/ranks.svg",
    "figures/sensitivity-gradient-descent-rate.svg",
    ...["ert-sphere", "ends-sphere", "pairs-sphere"].flatMap((name) => [
      `tables/${name}.csv`,
      `tables/${name}.md`,
      `tables/${name}.tex`,
    ]),
    "methods.txt",
  ]);
  const names = [...reportFiles(report(await bbobExperiment())).keys()];
  // instances are looked at together: no curves, since each has a minimum of its own
  expect(names.filter((name) => name.startsWith("figures/"))).toEqual([
    ...[1, 8].flatMap((f) =>
      [2, 3].flatMap((n) => [
        `figures/ecdf-bbob-f${f}-dimension=${n}.svg`,
        `figures/ends-bbob-f${f}-dimension=${n}.svg`,
      ]),
    ),
    "figures/ecdf.svg",
    "figures/ranks.svg",
  ]);
});

test("the page has its parts in order, states its policy, and has no script", async () => {
  const { html } = report(await severalProblems());
  const order = [
    "Verdict",
    "Is it fair?",
    "sphere",
    "branin",
    "rosenbrock",
    "All problems",
    "Failures",
    "Methods",
    "Environment",
  ];
  const heads = [...html.matchAll(/<h[23][^>]*>([^<]*)<\/h[23]>/g)].map((match) => match[1]);
  expect(heads.filter((head) => order.includes(head!))).toEqual(order);
  expect(html).toMatch(
    /<meta\s+http-equiv="Content-Security-Policy"\s+content="default-src 'none'; style-src 'nonce-[0-9a-f]{16}'; base-uri 'none'; form-action 'none'"/,
  );
  expect(html).not.toMatch(/<script|\son\w+=|https?:\/\/(?!www\.w3\.org)/);
  expect(html.match(/<svg/g)!.length).toBe(figures(await severalProblems()).length);
});

test("the same experiment gives the same report, byte for byte", async () => {
  const again = await made({
    problems: [{ name: "sphere", settings: { dimension: 2 } }, "branin", "rosenbrock"],
    optimizers: ["gradient-descent", "random-search", "random-walk"],
    replicates: 6,
    budget: 120,
  });
  expect([...reportFiles(report(again))]).toEqual([...reportFiles(report(await severalProblems()))]);
});

test("every figure says which experiment drew it, and the command that draws it anew", async () => {
  const result = await severalProblems();
  for (const { name, svg } of figures(result)) {
    const { spec, ...rest } = provenanceOf(svg);
    expect(rest).toEqual({ basin: version, fingerprint: fingerprint(result), figure: name });
    expect(parseSpec(spec, catalog)).toEqual(result.spec);
    expect(commandOf(svg)).toBe(
      "basin run sphere:dimension=2,branin,rosenbrock --optimizers gradient-descent,random-search,random-walk --seeds 6 --budget 120 --seed 1 -o out/ && basin report out/",
    );
  }
});

test("an experiment that does not fit on a line comes out of the figure as a file", async () => {
  const result = await severalProblems();
  const named: ExperimentResult = {
    ...result,
    spec: {
      ...result.spec,
      optimizers: result.spec.optimizers.map((line, i) => ({ ...line, label: `line </metadata> & ${i}` })),
    },
  };
  const [{ svg } = { svg: "" }] = figures(named);
  expect(provenanceOf(svg).spec).toEqual(named.spec);
  expect(commandOf(svg, "my figure.svg")).toBe(
    "basin show 'my figure.svg' --spec > experiment.json && basin run experiment.json -o out/ && basin report out/",
  );
});

test("a command says every setting and label, or there is none: whatever it says parses to the same experiment", async () => {
  const adam = { name: "adam", settings: { rate: 0.7 } };
  const tuning = { runs: 9, seeds: 3, varied: ["rate"], criterion: "lowest median" };
  const common = { problems: ["branin"], replicates: 2, budget: 50 };
  const said = (optimizers: ExperimentFile["optimizers"]): string | undefined =>
    runCommand(parseSpec({ ...common, optimizers }, catalog));
  expect(said([adam, "momentum"])).toContain(" --optimizers adam:rate=0.7,momentum ");
  expect(said([adam, "adam"])).toContain(" --optimizers adam:rate=0.7,adam ");
  // the words alone would call the first "adam rate=0.7"
  expect(
    said([
      { ...adam, label: "adam" },
      { name: "adam", settings: { rate: 1 }, label: "adam rate=1" },
    ]),
  ).toBe(undefined);
  // and this one "adam"
  expect(said([{ ...adam, label: "adam rate=0.7" }])).toBe(undefined);
  expect(said([{ ...adam, label: "fast" }])).toBe(undefined);
  expect(said([{ name: "adam", tuning }])).toBe(undefined);
});

test.each(["", "<svg></svg>", "<svg><metadata>{</metadata></svg>", "<svg><metadata>{}</metadata></svg>"])(
  "%j is no figure of basin's",
  (text) => {
    expect(() => commandOf(text)).toThrow(RangeError);
  },
);

const table: Table = {
  name: "t",
  title: "50 % of a_b",
  columns: ["a|b", "n", "x"],
  rows: [
    ['one, "two"', 3, 4.5e-7],
    ["∞ & more", Number.NaN, Infinity],
  ],
};

test("a table reads as Markdown, LaTeX and CSV", () => {
  expect(toMarkdown(table)).toBe(
    '| a\\|b | n | x |\n| --- | ---: | ---: |\n| one, "two" | 3 | 4.5 × 10⁻⁷ |\n| ∞ & more | – | ∞ |\n',
  );
  expect(toLatex(table)).toBe(`\\begin{table}
  \\centering
  \\caption{50 \\% of a\\_b}
  \\label{tab:t}
  \\begin{tabular}{lrr}
    \\toprule
    a|b & n & x \\\\
    \\midrule
    one, "two" & 3 & 4.5 $\\times$ 10$^{-7}$ \\\\
    $\\infty$ \\& more & -- & $\\infty$ \\\\
    \\bottomrule
  \\end{tabular}
\\end{table}
`);
  expect(toCsv(table)).toBe('a|b,n,x\n"one, ""two""",3,4.5e-7\n∞ & more,,Infinity\n');
});

test("tables count what was lost, and p-values of all pairs are there", async () => {
  const result = await gridExperiment();
  const { tables } = report(result);
  const [ert, ends, pairs] = tables as [Table, Table, Table];
  expect(ert.rows.map((row) => row[0])).toEqual(result.spec.optimizers.map(({ label }) => label));
  const diverged = ends.rows.find((row) => row[0] === "gradient-descent rate=30")!;
  expect(diverged.slice(1, 4)).toEqual([5, 5, Infinity]);
  expect(pairs.rows).toHaveLength(10);
  // five pairs that all lean one way: the smallest p that five can give is 2 / 2⁵
  expect(Math.min(...pairs.rows.map((row) => row[5] as number))).toBe(0.0625);
});

test("where the known minimum is not 0, losses are told from there", async () => {
  const result = await made({
    problems: [{ name: "bbob-f1", settings: { dimension: 2 } }],
    optimizers: ["random-search"],
    replicates: 3,
    budget: 50,
  });
  // f1, instance 1 of COCO: the optimal value is 79.48
  const gaps = result.records.map((record) => finalLoss(record.result) - 79.48).sort((a, b) => a - b);
  const { tables, figures: drawn } = report(result);
  const ends = tables.find(({ name }) => name.startsWith("ends"))!;
  expect(ends.note).toMatch(/^Above the known minimum\./);
  expect(ends.rows[0]![3]).toBeCloseTo(gaps[1]!, 10);
  for (const name of ["curves", "ends"])
    expect(drawn.find((figure) => figure.name === name)!.svg).toContain("loss above the known minimum");
  const plain = report(await gridExperiment()).figures[0]!;
  expect(plain.svg).not.toContain("minimum");
});

test("a grid over one number is found, and a default stands in it where it is known", async () => {
  const result = await gridExperiment();
  expect(gridsOf(result)).toMatchObject([
    {
      optimizer: "gradient-descent",
      hyperparameter: "rate",
      scale: "log",
      lines: [0.003, 0.03, 0.3, 30].map((value, entry) => ({ value, entry })),
    },
  ]);
  const withDefault = {
    ...result,
    spec: {
      ...result.spec,
      optimizers: result.spec.optimizers.map((line, i) => (i === 3 ? { ...line, settings: {} } : line)),
    },
  };
  expect(gridsOf(withDefault, () => 0.05)[0]!.lines.map(({ value }) => value)).toEqual([
    0.003, 0.03, 0.05, 0.3,
  ]);
  expect(gridsOf(withDefault)[0]!.lines.map(({ value }) => value)).toEqual([0.003, 0.03, 0.3]);
});

test("the methods say what was run, what was lost and which experiment it was", async () => {
  const result = await gridExperiment();
  const words = methods(result);
  expect(words).toContain("We compared gradient-descent (rate=0.003), ");
  expect(words).toContain("5 of 25 runs failed or diverged");
  expect(words).toContain("budget of 60 evaluations");
  expect(words).toContain(fingerprint(result));
  expect(words).not.toMatch(/undefined|NaN|\s\s/);
});

test("the methods say who was tuned, and with how many runs", async () => {
  const result = await gridExperiment();
  expect(methods(result)).toContain("None was tuned.");
  const effort = { runs: 60, seeds: 3, varied: ["rate"], criterion: "lowest median" };
  const tuned = (count: number): ExperimentResult => ({
    ...result,
    spec: {
      ...result.spec,
      optimizers: result.spec.optimizers.map((line, i) => (i < count ? { ...line, tuning: effort } : line)),
    },
  });
  const rest = "on 3 held-out seeds that the comparison does not use (chosen: lowest median).";
  expect(methods(tuned(5))).toContain(`Each optimizer was tuned with 60 runs ${rest}`);
  expect(methods(tuned(1))).toContain(`gradient-descent rate=0.003 was tuned with 60 runs ${rest}`);
});

test("folders that were run alike are one comparison, and equal lines are told apart by folder", async () => {
  const common = { replicates: 3, budget: 50 };
  const [a, b] = [
    await made({ problems: ["branin", "beale"], optimizers: ["random-search", "random-walk"], ...common }),
    await made({
      problems: ["beale"],
      optimizers: ["random-search", "nelder-mead"],
      ...common,
      replicates: 4,
    }),
  ];
  const both = combine([
    { name: "a", result: a },
    { name: "b", result: b },
  ]);
  expect(both.spec.problems.map(({ label }) => label)).toEqual(["branin", "beale"]);
  expect(both.spec.optimizers.map(({ label }) => label)).toEqual([
    "random-search (a)",
    "random-walk",
    "random-search (b)",
    "nelder-mead",
  ]);
  expect(both.records).toHaveLength(12 + 8);
  expect(new Set(both.records.map(({ run }) => run.index)).size).toBe(20);
  // one line, one start, one seed: the same run in both
  const of = (entry: number) =>
    both.records
      .filter(({ run }) => run.problem === 1 && run.entry === entry)
      .map(({ result }) => result.fingerprint);
  expect(of(2).slice(0, 3)).toEqual(of(0));
  expect(
    report([
      { name: "a", result: a },
      { name: "b", result: b },
    ]).html,
  ).toContain("random-search (b)");
  const other = await made({ problems: ["beale"], optimizers: ["random-search"], replicates: 1, budget: 51 });
  expect(() =>
    combine([
      { name: "a", result: a },
      { name: "c", result: other },
    ]),
  ).toThrow("combine: budget is 50 in a and 51 in c; compare experiments that were run alike.");
});

test("budgets in multiples of n: runtimes over all problems are multiples, too, and the methods say so", async () => {
  const experiment = {
    problems: [{ name: "sphere", settings: { dimension: [2, 10] } }],
    optimizers: ["random-search", "random-walk"],
    replicates: 3,
  };
  const [multiple, absolute] = [
    await made({ ...experiment, budget: "20n" }),
    await made({ ...experiment, budget: 40 }),
  ];
  const ecdfIn = (result: ExperimentResult): string =>
    figures(result).find(({ name }) => name === "ecdf")!.svg;
  expect(ecdfIn(multiple)).toMatch(/Share of targets reached within 200 evaluations \/ n/);
  expect(ecdfIn(absolute)).toMatch(/Share of targets reached within 400 evaluations:/);
  expect(methods(multiple)).toContain(
    "with a budget of 20 × n evaluations, where n is the dimension of the problem;",
  );
  expect(report(multiple).html).toMatch(/20 × n evaluations\.\s+Fingerprint/);
});
