// The curves as a file: what the page shows, drawn anew at a size for print, with the experiment inside.
import { LossCurves, renderSvg } from "@basin/charts";
import { pngWithProvenance, withProvenance } from "@basin/report";
import { axisNames, type View } from "../state/config.ts";
import type { Results } from "../state/results.ts";

export function pictureOf(results: Results, view: View, problem: number): string {
  const svg = renderSvg(
    <LossCurves
      series={results.series(view.axis, problem)}
      styles={results.styles}
      width={820}
      height={460}
      xScale={view.xScale}
      yScale={view.yScale}
      xLabel={axisNames[view.axis]}
    />,
  );
  return withProvenance(svg, results.result(), "curves");
}

/** The same in pixels, two for each unit of length, with the same experiment inside. */
export async function pixelsOf(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2 * image.naturalWidth, 2 * image.naturalHeight];
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (blob === null) throw new TypeError("this browser draws no PNG; the SVG is there.");
    return pngWithProvenance(new Uint8Array(await blob.arrayBuffer()), svg);
  } finally {
    URL.revokeObjectURL(url);
  }
}
