// One sheet of rules for every chart, over custom properties: the page sets them for its theme, a file of its own carries both.
import { darkColours, lightColours } from "./palette.ts";

export type Theme = Readonly<Record<`--chart-${string}`, string>>;

function theme(
  inks: Record<"paper" | "ink" | "muted" | "grid" | "land", string>,
  colours: readonly string[],
): Theme {
  const entries = Object.entries(inks).map(([name, value]) => [`--chart-${name}`, value]);
  return Object.fromEntries([...entries, ...colours.map((colour, i) => [`--chart-s${i}`, colour])]) as Theme;
}

/** Custom properties on light paper. */
export const lightTheme: Theme = theme(
  { paper: "#fffdf9", ink: "#1d1c1a", muted: "#65625c", grid: "#e6e2d9", land: "#7d8a99" },
  lightColours,
);
/** Custom properties on dark paper. */
export const darkTheme: Theme = theme(
  { paper: "#1a1c20", ink: "#ecebe7", muted: "#a5a39d", grid: "#33363d", land: "#8ea3bd" },
  darkColours,
);
/** Custom properties where the reader's system forces its own colours: dash and marker then tell lines apart. */
export const forcedTheme: Theme = theme(
  { paper: "Canvas", ink: "CanvasText", muted: "CanvasText", grid: "GrayText", land: "CanvasText" },
  lightColours.map(() => "CanvasText"),
);

const declare = (values: Theme): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}:${value}`)
    .join(";");

const series = lightColours
  .map((_, i) => `.chart .s${i}.st{stroke:var(--chart-s${i})}.chart .s${i}.fi{fill:var(--chart-s${i})}`)
  .join("");

/** The rules, without the properties. Attributes carry the light theme, for programs that read no style sheets. */
const rules =
  ".chart{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',sans-serif;font-variant-numeric:tabular-nums}" +
  ".chart .paper{fill:var(--chart-paper)}.chart .ink{fill:var(--chart-ink)}.chart .muted{fill:var(--chart-muted)}" +
  ".chart .grid{stroke:var(--chart-grid)}.chart .axis{stroke:var(--chart-muted)}.chart .land{fill:var(--chart-land)}" +
  ".chart .shore{stroke:var(--chart-land)}.chart .halo{stroke:var(--chart-paper)}.chart .inkline{stroke:var(--chart-ink)}" +
  ".chart .papered{fill:var(--chart-paper);stroke:var(--chart-muted)}" +
  series;

/** The sheet for a page: light by default, dark where the reader prefers it or `root` has data-theme="dark". */
export function chartCss(root = ":root"): string {
  return (
    `${root}{${declare(lightTheme)}}` +
    `@media (prefers-color-scheme:dark){${root}:not([data-theme=light]){${declare(darkTheme)}}}` +
    `${root}[data-theme=dark]{${declare(darkTheme)}}` +
    // Three times the root, to win over the themes above.
    `@media (forced-colors:active){${root.repeat(3)}{${declare(forcedTheme)}}}` +
    rules
  );
}

/** The sheet inside a file of its own. */
export const standaloneCss: string =
  `svg{${declare(lightTheme)}}@media (prefers-color-scheme:dark){svg{${declare(darkTheme)}}}` + rules;
