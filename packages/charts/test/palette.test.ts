import { expect, test } from "vitest";
import { colourOf, darkColours, lightColours, markerOf, seriesStyles } from "../src/palette.ts";
import { darkTheme, lightTheme } from "../src/theme.ts";

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

test("the measure itself: black on white is 21, and a colour on itself 1", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 10);
  expect(contrast("#123456", "#123456")).toBe(1);
});

test.each(lightColours.map((c, i) => [i, c] as const))(
  "colour %i (%s) can carry text on light paper: 4.5 to 1",
  (_, colour) => expect(contrast(colour, lightTheme["--chart-paper"]!)).toBeGreaterThanOrEqual(4.5),
);
test.each(darkColours.map((c, i) => [i, c] as const))(
  "colour %i (%s) can carry text on dark paper: 4.5 to 1",
  (_, colour) => expect(contrast(colour, darkTheme["--chart-paper"]!)).toBeGreaterThanOrEqual(4.5),
);
test.each([lightTheme, darkTheme])("ink and muted ink can carry text", (theme) => {
  expect(contrast(theme["--chart-ink"]!, theme["--chart-paper"]!)).toBeGreaterThanOrEqual(7);
  expect(contrast(theme["--chart-muted"]!, theme["--chart-paper"]!)).toBeGreaterThanOrEqual(4.5);
});

test("colour and marker differ for each optimizer, the dash for each family", () => {
  const styles = seriesStyles([{ family: "a" }, { family: "b" }, { family: "a" }]);
  expect(styles.map((s) => s.colour)).toEqual([0, 1, 2]);
  expect(styles.map((s) => s.marker)).toEqual([0, 1, 2]);
  expect(styles.map((s) => s.dash)).toEqual([0, 1, 0]);
});

test("the first 64 lines differ in colour or marker", () => {
  const styles = seriesStyles(Array.from({ length: 64 }, () => ({ family: "a" })));
  expect(new Set(styles.map((style) => `${colourOf(style)} ${markerOf(style)}`)).size).toBe(64);
});
