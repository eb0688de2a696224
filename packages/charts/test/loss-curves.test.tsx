import { expect, test } from "vitest";
import { bandNames, describeCurves, LossCurves, renderSvg, seriesStyles } from "@basin/charts";
import { geometryOf } from "../src/curves-geometry.ts";
import { made, three } from "./made.ts";

const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]!);

test("a file of its own: one <svg> with its namespace, sheet and plain colours beneath", () => {
  const svg = renderSvg(<LossCurves series={three} />);
  expect(svg.startsWith("<svg ")).toBe(true);
  expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
  expect(svg).toContain("prefers-color-scheme:dark");
  expect(svg).toContain('stroke="#0066a1"');
  expect(svg).not.toContain("NaN");
  expect(svg).not.toContain("undefined");
});

test("the name of each line, the bands and N are on the plot", () => {
  const written = texts(renderSvg(<LossCurves series={three} />));
  for (const { label } of three) expect(written).toContain(label);
  expect(written).toContain("Line: median of 15 seeds · dark: middle half · light: 10–90 %");
});

test("a line is a step: it stays at a value until the next", () => {
  const line = made("a", "a", (x) => 1 / x, {
    x: [1, 10],
    median: [1, 0.1],
    q10: [1, 0.1],
    q25: [1, 0.1],
    q75: [1, 0.1],
    q90: [1, 0.1],
  });
  const svg = renderSvg(<LossCurves series={[line]} width={720} height={420} />);
  const { x, y } = geometryOf({ series: [line] });
  const n = (value: number): string => String(Number(value.toFixed(1)));
  expect(svg).toContain(`M${n(x(1))},${n(y(1))}H${n(x(10))}V${n(y(0.1))}`);
});

test("zero is drawn at a floor, and the axis says so", () => {
  const line = made("exact", "a", (x) => (x > 100 ? 0 : 1 / x));
  const svg = renderSvg(<LossCurves series={[line]} />);
  expect(texts(svg)).toContain("≤ 10⁻¹²");
  expect(svg).not.toMatch(/NaN|Infinity/);
  expect(texts(renderSvg(<LossCurves series={three} />))).not.toContain("≤ 10⁻¹²");
});

test("a diverged median leaves through the top of the plot and sets no scale", () => {
  const wild = made("wild", "a", (x) => (x > 10 ? Infinity : x), { diverged: 9 });
  const svg = renderSvg(<LossCurves series={[wild, three[0]!]} />);
  expect(svg).not.toMatch(/NaN|Infinity/);
  const { plot, y } = geometryOf({ series: [wild, three[0]!] });
  expect(y.domain[1]).toBeLessThan(100);
  expect(svg).toContain(`V${plot.top}`);
  expect(describeCurves([wild], "evaluations", "log")).toContain("wild diverged after");
  expect(texts(svg)).toContain("↑ diverged");
  expect(texts(renderSvg(<LossCurves series={three} />))).not.toContain("↑ diverged");
});

test("a loss of 10³⁰⁰ does not flatten the others", () => {
  const huge = made("huge", "a", (x) => (x > 10 ? 1e300 : 1));
  const { y } = geometryOf({ series: [huge, three[0]!] });
  expect(y.domain[1]).toBeLessThan(1e4);
});

test("losses below zero turn the logarithmic axis into a linear one", () => {
  const below = made("below", "a", (x) => 2 - x);
  expect(geometryOf({ series: [below], yScale: "log" }).yScale).toBe("linear");
  expect(texts(renderSvg(<LossCurves series={[below]} yScale="log" />)).join(" ")).toContain(
    "some are below zero",
  );
});

test("nothing known yet: the axes stand, nothing breaks", () => {
  const nothing = made("soon", "a", () => NaN, { n: 0 });
  for (const series of [[], [nothing]])
    for (const scale of ["log", "linear"] as const) {
      const svg = renderSvg(<LossCurves series={series} xScale={scale} yScale={scale} />);
      expect(svg).not.toMatch(/NaN|Infinity/);
      expect(svg).toContain("no runs have ended yet");
    }
});

test("on a narrow picture names stand beneath, with their last value", () => {
  const svg = renderSvg(<LossCurves series={three} width={320} height={380} />);
  expect(texts(svg)).toContain("gradient-descent");
  expect(texts(svg)).toContain("10⁻⁴");
});

test("N is told even where it differs", () => {
  expect(bandNames([made("a", "a", () => 1, { n: 3 }), made("b", "b", () => 1, { n: 5 })])).toContain(
    "median of 3 to 5 seeds",
  );
  expect(bandNames([made("a", "a", () => 1, { n: 1 })])).toContain("median of 1 seed ");
});

test("the description names each line and its end, lowest first, and who diverged", () => {
  const lost = made("b", "b", (x) => 2 / x, { diverged: 2 });
  expect(describeCurves([lost, three[0]!], "evaluations", "log")).toBe(
    "Loss (logarithmic) against evaluations, median of 15 seeds: gradient-descent 10⁻⁴ after 10,000; b 2 × 10⁻⁴ after 10,000, 2 of 15 diverged.",
  );
});

test("twelve lines of one end are labelled without overlap", () => {
  const many = Array.from({ length: 12 }, (_, i) => made(`optimizer-${i}`, `family-${i % 3}`, (x) => 1 / x));
  const svg = renderSvg(<LossCurves series={many} height={420} />);
  const ys = [...svg.matchAll(/<text x="[\d.]+" y="([\d.]+)" dy="0.34em"[^>]*>optimizer-/g)]
    .map((match) => Number(match[1]))
    .sort((a, b) => a - b);
  expect(ys).toHaveLength(12);
  for (let i = 1; i < ys.length; i++) expect(ys[i]! - ys[i - 1]!).toBeGreaterThanOrEqual(16.9);
});

test("markers keep their distance where a line begins far to the right", () => {
  const late = made("late", "a", (x) => (x < 1000 ? NaN : 1 / x));
  const svg = renderSvg(<LossCurves series={[late, three[1]!]} />);
  const discs = [...svg.matchAll(/<circle transform="translate\(([\d.]+),/g)]
    .map((match) => Number(match[1]))
    .sort((a, b) => a - b);
  for (let i = 1; i < discs.length; i++) expect(discs[i]! - discs[i - 1]!).toBeGreaterThan(12);
});

test("single runs under way are thin lines with their marker, named until their line is there", () => {
  const [style] = seriesStyles(three);
  const thread = { label: "gradient-descent", style: style!, x: [1, 10], loss: [1, 0.5] };
  const alone = renderSvg(<LossCurves series={[]} threads={[thread]} xMax={100} />);
  expect(texts(alone)).toContain("gradient-descent");
  expect(alone).toContain("Single runs under way: gradient-descent 0.5 after 10.");
  const { x, y } = geometryOf({ series: [], threads: [thread], xMax: 100 });
  const n = (value: number): string => String(Number(value.toFixed(1)));
  expect(alone).toContain(`M${n(x(1))},${n(y(1))}H${n(x(10))}V${n(y(0.5))}`);
  const both = texts(renderSvg(<LossCurves series={three} threads={[thread]} />));
  expect(both.filter((text) => text === "gradient-descent")).toHaveLength(1);
});
