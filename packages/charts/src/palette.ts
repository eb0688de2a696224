// Colours, dashes and markers of lines: Okabe & Ito (2008), "Color Universal Design", each hue darkened on light paper and
// lightened on dark until it has a contrast of 4.5 to 1, so that it may carry text as well as lines.

/** How one line is drawn: three codes, of which any one is enough. Indices wrap around. */
export interface SeriesStyle {
  /** Colour says which optimizer. */
  readonly colour: number;
  /** Dash says which family. */
  readonly dash: number;
  /** Marker says which optimizer, without colour. */
  readonly marker: number;
}

/** Series colours on light paper. */
export const lightColours = [
  "#0066a1", // blue
  "#be5300", // vermillion
  "#00805d", // bluish green
  "#a85885", // reddish purple
  "#8f6200", // orange
  "#3b3b3b", // black
  "#00808f", // sky blue
  "#757000", // yellow
] as const;

/** The same hues on dark paper. */
export const darkColours = [
  "#4aa3e4",
  "#f07b33",
  "#1bb386",
  "#d98ab6",
  "#e69f00",
  "#d6d6d6",
  "#6fd0dd",
  "#d9cf3f",
] as const;

/** Dash patterns, in units of a pixel at stroke width 2. */
export const dashes = ["", "7 4", "2 3.5", "10 4 2 4", "4 2.5", "12 5"] as const;

/** Marker shapes by name. */
export const markers = ["disc", "cross", "ring", "square", "triangle", "diamond", "plus", "bar"] as const;
export type MarkerShape = (typeof markers)[number];

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length]!;
export const colourOf = (style: SeriesStyle): string => pick(lightColours, style.colour);
export const colourClass = (style: SeriesStyle): string => `s${style.colour % lightColours.length}`;
export const dashOf = (style: SeriesStyle): string => pick(dashes, style.dash);
export const markerOf = (style: SeriesStyle): MarkerShape => pick(markers, style.marker);

/**
 * A style for each line, by its place: colours and markers in order, and a dash for each family as it first appears.
 * When the colours begin again the markers are shifted, so that the first 64 lines differ in colour or marker.
 */
export function seriesStyles(lines: readonly { readonly family: string }[]): SeriesStyle[] {
  const families = [...new Set(lines.map((line) => line.family))];
  return lines.map((line, i) => ({
    colour: i,
    dash: families.indexOf(line.family),
    marker: i + 3 * Math.floor(i / lightColours.length),
  }));
}
