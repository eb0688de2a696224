// A chart as the text of an SVG file, in Node or in the page.
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { standaloneCss } from "./theme.ts";

/**
 * The text of an SVG file: with its own style sheet for light and dark, and plain attributes beneath for programs that read none.
 * @throws TypeError where the component draws anything but one <svg>.
 */
export function renderSvg<P>(chart: VNode<P>): string {
  const text = renderToString(chart as VNode);
  const head = /^<svg\b[^>]*>/.exec(text)?.[0];
  if (head === undefined)
    throw new TypeError(
      `renderSvg: the component drew ${text.slice(0, 40)}; give it a chart that draws one <svg>.`,
    );
  const named = head.includes("xmlns=")
    ? head
    : head.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
  return `${named}<style>${standaloneCss}</style>${text.slice(head.length)}\n`;
}
