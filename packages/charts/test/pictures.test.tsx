import { expect, test } from "vitest";
import { describeLanes, FitView, Lanes, LossMap, renderSvg, type Field, type LaneDot } from "@basin/charts";
import { contoursOf, levels, ontoField, type Contour } from "../src/field.ts";

const bowl = (n = 41): Field => ({
  nx: n,
  ny: n,
  x: [-2, 2],
  y: [-2, 2],
  values: Float64Array.from({ length: n * n }, (_, k) => {
    const [x, y] = [-2 + (4 * (k % n)) / (n - 1), -2 + (4 * Math.floor(k / n)) / (n - 1)];
    return x * x + y * y;
  }),
});
const style = { colour: 0, dash: 0, marker: 0 };

test("the region above r² of a bowl is bounded by the circle of radius r, and lies where the scales say", () => {
  const [{ path }] = contoursOf(bowl(), [1]) as [Contour];
  // scales of 100 pixels a unit, up being less
  const onto = ontoField(
    bowl(),
    (x) => 200 + x * 100,
    (y) => 200 - y * 100,
  );
  expect(onto).toBe("translate(0,0) scale(0.4,0.4)");
  const inner = path
    .slice(1, -1)
    .split("ZM")
    .map((ring) =>
      ring.split("L").map((pair) => pair.split(",").map((at) => Number(at) * 0.4 - 200) as [number, number]),
    )
    .find((ring) => ring.every(([x, y]) => Math.abs(x) < 150 && Math.abs(y) < 150))!;
  // Linear interpolation of a parabola over cells of 0.1 is off by at most 0.1²/8·2/(2r) ≈ 0.00125, and places are rounded to 0.1.
  for (const [x, y] of inner) expect(Math.abs(Math.sqrt(x * x + y * y) - 100)).toBeLessThan(0.6);
  expect(inner.length).toBeGreaterThan(30);
});

test("up is up: a field that rises to the top is high in the upper half", () => {
  const n = 11;
  const slope: Field = {
    nx: n,
    ny: n,
    x: [0, 1],
    y: [0, 1],
    values: Float64Array.from({ length: n * n }, (_, k) => Math.floor(k / n) / (n - 1)),
  };
  const ys = [...contoursOf(slope, [0.5])[0]!.path.matchAll(/[ML][\d.]+,([\d.]+)/g)].map((match) =>
    Number(match[1]),
  );
  expect([Math.min(...ys), Math.max(...ys)]).toEqual([0, 500]);
});

test("contours that a worker has found are drawn as they are", () => {
  const found = [{ level: 1, path: "M1,2L3,4Z" }];
  expect(
    renderSvg(<LossMap field={{ ...bowl(), contours: found }} tracks={[]} caption="A bowl." />),
  ).toContain('d="M1,2L3,4Z"');
});

test("a moment of a replay shows what had happened by then; of a cloud only what is recent", () => {
  const at = (when: number, x: number) => ({ x, y: 0, near: 1, when });
  const when = Array.from({ length: 11 }, (_, i) => i / 10);
  const trail = when.map((share) => at(share, share));
  const count = (as: "darts" | "cloud", upTo: number): number => {
    const track = { label: "t", style, points: trail, as };
    return (
      renderSvg(<LossMap field={bowl()} caption="." tracks={[track]} upTo={upTo} />).match(
        /m-2\.5,-2\.5|a[\d.]+,[\d.]+ 0 1,0 [\d.]+,0/g,
      )?.length ?? 0
    );
  };
  expect([count("darts", 0), count("darts", 0.5), count("darts", 1)]).toEqual([1, 6, 11]);
  expect(count("cloud", 0.55)).toBe(1);
  expect(count("cloud", 1)).toBe(11);
  const drawn = (upTo: number): string =>
    renderSvg(
      <LossMap
        field={bowl()}
        caption="."
        tracks={[{ label: "t", style, trail, best: at(1, 1.5) }]}
        upTo={upTo}
        width={400}
      />,
    );
  expect(drawn(0.31)).toContain('d="M200,');
  expect(drawn(0.31).match(/L2\d\d,148(?=[L"])/g)).toHaveLength(3);
  // its badge is at the last point reached, and in the end at the best
  expect(drawn(0.31)).toContain("translate(230.0,");
  expect(drawn(1)).toContain("translate(350.0,");
});

test("levels rise, and values that are not finite neither break nor count", () => {
  const field = bowl();
  const values = Float64Array.from(field.values);
  values[5] = Infinity;
  values[6] = NaN;
  const found = levels({ ...field, values }, 10);
  expect(found.length).toBeGreaterThan(5);
  for (let i = 1; i < found.length; i++) expect(found[i]!).toBeGreaterThan(found[i - 1]!);
  expect(levels({ ...field, values: [NaN] }, 10)).toEqual([]);
  expect(renderSvg(<LossMap field={{ ...field, values }} tracks={[]} caption="A bowl." />)).not.toMatch(
    /NaN|Infinity/,
  );
});

test("a map shows trail, darts, cloud, start and the best, and says what it is", () => {
  const spot = (x: number, y: number) => ({ x, y, near: 1, when: 0.5 });
  const svg = renderSvg(
    <LossMap
      field={bowl()}
      caption="A slice through the loss."
      start={spot(1, 1)}
      tracks={[
        { label: "descent", style, trail: [spot(1, 1), spot(0.5, 0.5), spot(0, 0)], best: spot(0, 0) },
        { label: "darts", style: { ...style, colour: 1 }, points: [spot(1, -1)], as: "darts" },
        { label: "cloud", style: { ...style, colour: 2 }, points: [spot(-1, 1)], as: "cloud" },
      ]}
    />,
  );
  expect(svg).toContain('aria-label="A slice through the loss."');
  for (const word of ["start", "descent", "darts", "cloud"]) expect(svg).toContain(`>${word}</text>`);
  expect(svg).toContain("M315,");
});

test("a trail that leaves the map is cut off at its border, not bent along it", () => {
  const spot = (x: number, y: number) => ({ x, y, near: 1, when: 0 });
  const track = { label: "wild", style, trail: [spot(0, 0), spot(1e9, 0)] };
  const svg = renderSvg(
    <LossMap field={bowl()} caption="A slice." tracks={[track]} width={400} height={300} />,
  );
  expect(svg).toMatch(/<svg width="400" height="276"[^>]*>/);
  expect(svg).toContain("L2000,138");
});

test("a fit shows its points, and regions or a line", () => {
  const points = [
    { x: 1, y: 1, group: 0 },
    { x: 2, y: 2, group: 1 },
  ];
  const common = {
    label: "descent",
    style,
    xLabel: "bill",
    yLabel: "flipper",
    xRange: [-2, 2],
    yRange: [-2, 2],
    points,
  } as const;
  const classes = renderSvg(
    <FitView {...common} groups={["a", "b"]} regions={[bowl(), bowl()]} note="loss 0.1" />,
  );
  expect(classes).toContain("with the regions the model gives to a, b.");
  expect(classes).toContain(">loss 0.1</text>");
  const line = renderSvg(
    <FitView
      {...common}
      line={[
        { x: -2, y: -2 },
        { x: 2, y: 2 },
      ]}
    />,
  );
  expect(line).toContain("with the fitted line.");
  expect(line).toMatch(/d="M8(\.0)?,178(\.0)?L212(\.0)?,40(\.0)?"/);
});

test("lanes: a dot a seed, each state its own shape, told in words too", () => {
  const dots: LaneDot[] = [
    { state: "done", why: "seed 1: 0.02" },
    { state: "running", progress: 0.5 },
    { state: "waiting" },
    { state: "diverged" },
    { state: "failed", why: "seed 5: its worker stopped" },
    { state: "cancelled" },
  ];
  expect(describeLanes([{ label: "a", style, dots }])).toBe(
    "a: 1 done, 1 running, 1 waiting, 1 diverged, 1 failed, 1 cancelled of 6.",
  );
  const svg = renderSvg(<Lanes lanes={[{ label: "a", style, dots }]} />);
  expect(svg).toContain("<title>seed 5: its worker stopped</title>");
  expect(svg.match(/<circle/g)!.length).toBeGreaterThanOrEqual(4);
});

test("lanes wrap instead of leaving the picture", () => {
  const dots: LaneDot[] = Array.from({ length: 60 }, () => ({ state: "waiting" }) as const);
  const svg = renderSvg(<Lanes lanes={[{ label: "a", style, dots }]} width={320} />);
  const xs = [...svg.matchAll(/translate\(([\d.]+),/g)].map((match) => Number(match[1]));
  expect(Math.max(...xs)).toBeLessThan(320);
});

test("renderSvg refuses what is not one picture", () => {
  expect(() => renderSvg(<p>no</p>)).toThrow(/give it a chart/);
});
