// The figure: what is left of the possible improvement against the number of weights, a panel for each budget and noise.
import { darkColours, lightColours, renderSvg } from "@basin/charts";
import { h } from "preact";
import { TRAINED, distinct, families, modeInWords, modes, standings } from "./summary.mjs";

/** Places of the families' colours in basin's palette. */
const colours = [0, 1, 2, 3, 4];
const dashes = ["none", "2 3.5", "7 4", "10 4 2 4", "4 2.5"];

const PANEL = { width: 246, height: 150, gap: 60 };
const LEFT = 62;
const TOP = 116;
const LOG_X = [Math.log10(1.5), Math.log10(13_000)];
const LOG_Y = [-3, 0];

const classOf = (family) => `s${colours[families.indexOf(family)]}`;
const fill = (family) => ({
  fill: lightColours[colours[families.indexOf(family)]],
  class: `${classOf(family)} fi`,
});
const stroke = (family) => ({
  stroke: lightColours[colours[families.indexOf(family)]],
  "stroke-dasharray": dashes[families.indexOf(family)],
  class: `${classOf(family)} st`,
});
const ink = { fill: "#1d1c1a", class: "ink" };
const muted = { fill: "#65625c", class: "muted" };

const x = (weights) => ((Math.log10(weights) - LOG_X[0]) / (LOG_X[1] - LOG_X[0])) * PANEL.width;
const y = (left) =>
  PANEL.height -
  ((Math.log10(Math.min(1, Math.max(TRAINED, left))) - LOG_Y[0]) / (LOG_Y[1] - LOG_Y[0])) * PANEL.height;

function panel(rows, budget, mode) {
  const cells = distinct(rows, "weights")
    .map((weights) => ({ weights, ranked: standings(rows, weights, budget, mode) }))
    .filter(({ ranked }) => ranked.length > 0);
  const edges = cells.map(({ weights }, i) => [
    i === 0 ? 0 : (x(cells[i - 1].weights) + x(weights)) / 2,
    i === cells.length - 1
      ? Math.min(PANEL.width, x(weights) + 14)
      : (x(weights) + x(cells[i + 1].weights)) / 2,
  ]);
  return [
    // Who leads: a tile for each model.
    ...cells.map(({ ranked: [leader] }, i) =>
      h(
        "g",
        {},
        h("rect", {
          x: edges[i][0] + 0.5,
          y: -24,
          width: edges[i][1] - edges[i][0] - 1,
          height: 17,
          rx: 2,
          ...fill(leader.family),
        }),
        h("title", {}, `${leader.weights} weights, ${budget} evaluations: ${leader.optimizer} leads`),
      ),
    ),
    ...[1, 0.1, 0.01, TRAINED].map((tick) =>
      h(
        "g",
        { transform: `translate(0,${y(tick).toFixed(1)})` },
        h("line", { x1: 0, x2: PANEL.width, stroke: "#e6e2d9", class: "grid" }),
        h(
          "text",
          { x: -6, dy: "0.32em", "text-anchor": "end", "font-size": 11, ...muted },
          tick === TRAINED ? "≤ 0.1 %" : `${100 * tick} %`,
        ),
      ),
    ),
    ...[3, 10, 100, 1000, 10_000].map((tick) =>
      h(
        "text",
        { x: x(tick), y: PANEL.height + 16, "text-anchor": "middle", "font-size": 11, ...muted },
        tick.toLocaleString("en"),
      ),
    ),
    ...families.toReversed().map((family) => {
      const points = cells.flatMap(({ weights, ranked }) => {
        const row = ranked.find((one) => one.family === family);
        return row === undefined ? [] : [[x(weights), y(row.left)]];
      });
      return h(
        "g",
        {},
        h("path", {
          d: points.map(([px, py], i) => `${i === 0 ? "M" : "L"}${px.toFixed(1)},${py.toFixed(1)}`).join(""),
          fill: "none",
          "stroke-width": 2,
          "stroke-linejoin": "round",
          ...stroke(family),
        }),
        ...points.map(([cx, cy]) =>
          h("circle", { cx: cx.toFixed(1), cy: cy.toFixed(1), r: 2.6, ...fill(family) }),
        ),
      );
    }),
  ];
}

/** The text of the SVG. */
export function figure(rows) {
  if (darkColours.length < colours.length) throw new Error("too few colours");
  const budgets = distinct(rows, "budget");
  const [columnWidth, rowHeight] = [PANEL.width + PANEL.gap, PANEL.height + 104];
  const [width, height] = [LEFT + budgets.length * columnWidth, TOP + modes.length * rowHeight - 44];
  let keyAt = LEFT;
  const key = families.map((family) => {
    const at = keyAt;
    keyAt += 56 + family.length * 7;
    return h(
      "g",
      { transform: `translate(${at},38)` },
      h("line", { x2: 24, "stroke-width": 2, ...stroke(family) }),
      h("circle", { cx: 12, r: 2.6, ...fill(family) }),
      h("text", { x: 30, dy: "0.34em", "font-size": 12.5, ...ink }, family),
    );
  });
  return renderSvg(
    h(
      "svg",
      {
        class: "chart",
        role: "img",
        width,
        height,
        viewBox: `0 0 ${width} ${height}`,
        "aria-label":
          "What the best optimizer of each family leaves of the possible improvement, against the number of weights, for each budget, with and without noise.",
      },
      h("rect", { width, height, fill: "#fffdf9", class: "paper" }),
      h(
        "text",
        { x: LEFT, y: 19, "font-size": 13.5, "font-weight": 600, ...ink },
        "Share of the possible improvement that is left by the best optimizer of each family; tiles: who leads",
      ),
      ...key,
      ...modes.flatMap((mode, row) => [
        h(
          "text",
          { x: LEFT, y: TOP + row * rowHeight - 48, "font-size": 12.5, "font-weight": 600, ...ink },
          modeInWords[mode],
        ),
        ...budgets.map((budget, column) =>
          h(
            "g",
            { transform: `translate(${LEFT + column * columnWidth},${TOP + row * rowHeight})` },
            h("text", { y: -30, "font-size": 12, ...muted }, `${budget.toLocaleString("en")} evaluations`),
            ...panel(rows, budget, mode),
          ),
        ),
      ]),
      h(
        "text",
        { x: width - PANEL.gap, y: height - 8, "text-anchor": "end", "font-size": 11, ...muted },
        "weights →",
      ),
    ),
  );
}
