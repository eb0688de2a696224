// In a real Chromium: files parse as XML, keys move the cursor and the live region speaks.
import { render } from "preact";
import { afterEach, expect, test } from "vitest";
import { chartCss, Lanes, LossCurves, LossCurvesFigure, LossMap, renderSvg } from "@basin/charts";
import { three } from "./made.ts";

const host = document.createElement("div");
document.body.append(host);
afterEach(() => render(null, host));
const settled = (): Promise<unknown> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));

test("a file is well-formed XML, drawn as an image of its size", async () => {
  for (const chart of [
    <LossCurves series={three} />,
    <Lanes
      lanes={[
        { label: "a & b", style: { colour: 0, dash: 0, marker: 0 }, dots: [{ state: "done", why: "<1>" }] },
      ]}
    />,
    <LossMap field={undefined} tracks={[]} caption="nothing yet" />,
  ]) {
    const text = renderSvg(chart);
    expect(new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror")).toBeNull();
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    await image.decode();
    expect(image.naturalWidth).toBeGreaterThan(300);
  }
});

test("colours follow the page's theme", async () => {
  const sheet = document.createElement("style");
  sheet.textContent = chartCss();
  document.head.append(sheet);
  render(<LossCurves series={three} />, host);
  const stroke = (): string => getComputedStyle(host.querySelector("path.s0.st")!).stroke;
  document.documentElement.dataset["theme"] = "light";
  expect(stroke()).toBe("rgb(0, 102, 161)");
  document.documentElement.dataset["theme"] = "dark";
  expect(stroke()).toBe("rgb(74, 163, 228)");
  delete document.documentElement.dataset["theme"];
  sheet.remove();
});

test("one tab stop: arrows, Home and End move, and the live region speaks the value", async () => {
  render(<LossCurvesFigure series={three} />, host);
  const stops = host.querySelectorAll<HTMLElement>("[tabindex='0']");
  expect(stops).toHaveLength(1);
  const stop = stops[0]!;
  const spoken = (): string => host.querySelector("[aria-live]")!.textContent!;
  const press = async (key: string): Promise<void> => {
    stop.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    await settled();
  };
  stop.focus();
  await press("End");
  expect(spoken()).toBe(
    "gradient-descent, 10,000 evaluations: median 10⁻⁴, middle half 8 × 10⁻⁵ to 1.3 × 10⁻⁴.",
  );
  await press("Home");
  expect(spoken()).toBe("gradient-descent, 1 evaluations: median 1, middle half 0.8 to 1.3.");
  await press("ArrowRight");
  expect(spoken()).toContain("gradient-descent, 1.12 evaluations");
  await press("ArrowDown");
  expect(spoken()).toContain("random-search, 1.12 evaluations");
  await press("ArrowUp");
  await press("ArrowUp");
  expect(spoken()).toContain("genetic-algorithm, 1.12 evaluations");
  await press("ArrowLeft");
  expect(spoken()).toContain("genetic-algorithm, 1 evaluations");
});

test("the pointer chooses the nearest line", async () => {
  let line: number | undefined;
  render(<LossCurvesFigure series={three} onCursor={(cursor) => (line = cursor?.line)} />, host);
  const stop = host.querySelector<HTMLElement>("[tabindex='0']")!;
  const svg = host.querySelector("svg")!.getBoundingClientRect();
  stop.dispatchEvent(
    new PointerEvent("pointermove", { clientX: svg.left + 400, clientY: svg.top + 370, bubbles: true }),
  );
  await settled();
  expect(line).toBe(0);
  stop.dispatchEvent(
    new PointerEvent("pointermove", { clientX: svg.left + 400, clientY: svg.top + 60, bubbles: true }),
  );
  await settled();
  expect(line).toBe(1);
  expect(host.textContent).toContain("at ");
});
