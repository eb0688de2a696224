// The charts of reports: distributions of runtimes, mean ranks, ends of runs, one hyperparameter.
import { expect, test } from "vitest";
import { CriticalDifference, EcdfCurves, EndValues, renderSvg, Sensitivity } from "@basin/charts";
import { shorten } from "../src/shorten.ts";

const label = (svg: string): string => /aria-label="([^"]*)"/.exec(svg)![1]!;

const runtimes = [
  { label: "cma-es", family: "evolution", cost: [10, 100], share: [0.5, 1], spent: 200 },
  { label: "random-search", family: "random", cost: [50], share: [0.25] },
];

test("a distribution of runtimes says which share is reached, highest first, and steps where runtimes are", () => {
  const svg = renderSvg(<EcdfCurves series={runtimes} xMax={1000} width={700} height={400} />);
  expect(label(svg)).toBe(
    "Share of targets reached within 1,000 evaluations: cma-es 100 %; random-search 25 %.",
  );
  // From 10 to 1000 on a logarithmic axis over [58, right]: cost 100 is halfway. 14 letters and their margin are right of it.
  const right = 700 - (13 * 7.6 + 38);
  const path = /<path d="(M58[^"]*)"/.exec(svg)![1]!;
  const xs = [...path.matchAll(/[ML,]?([\d.]+),/g)].map((match) => Number(match[1]));
  expect(xs.some((x) => Math.abs(x - (58 + right) / 2) < 0.11)).toBe(true);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test("many steps within a pixel are drawn as one, and the end is kept", () => {
  const n = 100_000;
  const many = {
    label: "many",
    family: "f",
    cost: Float64Array.from({ length: n }, (_, i) => 1 + i / 10),
    share: Float64Array.from({ length: n }, (_, i) => (i + 1) / n),
  };
  const svg = renderSvg(<EcdfCurves series={[many]} />);
  // two corners a step, at most two steps a pixel, 720 pixels, about 12 letters a corner
  expect(svg.length).toBeLessThan(2 * 2 * 720 * 12 + 6000);
  expect(label(svg)).toContain("many 100 %");
});

test("a distribution without any runtime lies at zero", () => {
  const svg = renderSvg(<EcdfCurves series={[{ label: "a", family: "f", cost: [], share: [] }]} />);
  expect(label(svg)).toContain("a 0 %");
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test("a critical-difference diagram names all, and puts a bar over those that do not differ", () => {
  const methods = [
    { label: "a", family: "f", rank: 2.9 },
    { label: "b", family: "f", rank: 1.2 },
    { label: "c", family: "g", rank: 1.9 },
  ];
  const svg = renderSvg(<CriticalDifference methods={methods} difference={0.8} groups={[[1, 2]]} />);
  expect(label(svg)).toBe(
    "Mean ranks, best first: b 1.2; c 1.9; a 2.9. Critical difference 0.8: no difference shown among b, c.",
  );
  expect(svg.match(/stroke-width="4"/g)).toHaveLength(1);
  for (const { label: name } of methods) expect(svg).toMatch(new RegExp(`>[^<]*\\b${name}\\b[^<]*</text>`));
  expect(label(renderSvg(<CriticalDifference methods={methods} difference={0.1} groups={[]} />))).toContain(
    "all differ",
  );
});

test("ends have a dot a run, and runs that are lost are counted, not drawn", () => {
  const rows = [
    { label: "a", family: "f", losses: [1, 10, Infinity], median: 10 },
    { label: "b", family: "f", losses: [Infinity, Infinity, Infinity], median: Infinity },
  ];
  const svg = renderSvg(<EndValues rows={rows} />);
  expect(svg.match(/<circle[^>]*r="3"/g)).toHaveLength(2);
  expect(svg).toContain("△ 1 of 3");
  expect(svg).toContain("△ 3 of 3");
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test("sensitivity says the median at each value, and holds what diverged at the top", () => {
  const points = [
    { value: 0.01, median: 1, q25: 0.5, q75: 2 },
    { value: 0.1, median: 0, q25: 0, q75: 0.1 },
    { value: 1, median: Infinity, q25: 3, q75: Infinity },
  ];
  const svg = renderSvg(<Sensitivity points={points} name="rate" xScale="log" />);
  expect(label(svg)).toBe("Median loss at the end over rate: 0.01: 1; 0.1: at most 10⁻¹²; 1: diverged.");
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test("sensitivity to a choice has its names on the axis, and no line between them", () => {
  const points = [0, 1].map((value) => ({ value, median: 1 + value, q25: 0.5, q75: 3 }));
  const svg = renderSvg(<Sensitivity points={points} name="active" names={["true", "false"]} />);
  expect(label(svg)).toBe("Median loss at the end over active: true: 1; false: 2.");
  expect([...svg.matchAll(/>(true|false)</g)].map(([, name]) => name)).toEqual(["true", "false"]);
  expect(svg).not.toMatch(/<path d="M[^"]*L/);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test("long names lose their middle, where nothing tells them apart", () => {
  expect(shorten("short", 10)).toBe("short");
  const [a, b] = [shorten("gradient-descent rate=0.03", 16), shorten("gradient-descent rate=0.01", 16)];
  expect([a.length, b.length]).toEqual([16, 16]);
  expect(a).not.toBe(b);
});
