// Figures as PNG, by the Chrome or Chromium that is installed: no renderer of our own, and none to download.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "@basin/objective";
import { pngWithProvenance } from "@basin/report";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "msedge"];
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/** $CHROMIUM_PATH, or one that is on the path or in its usual place. */
function browser(): string {
  const { CHROMIUM_PATH: named, PATH: path = "" } = process.env;
  const onPath = path.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = (named === undefined ? [...onPath, ...places] : [named]).find((one) => existsSync(one));
  if (found === undefined)
    throw new UsageError(
      "--png",
      named === undefined
        ? "there is no Chrome or Chromium to draw them"
        : `CHROMIUM_PATH is ${named}, where there is nothing`,
      "install one, or set CHROMIUM_PATH; the .svg files need none",
    );
  return found;
}

/**
 * Draws SVG files, each beside itself, twice as many pixels as it says, with the same experiment inside.
 * @throws UsageError where there is no browser, or it draws nothing.
 */
export function drawPng(figures: readonly { readonly path: string; readonly svg: string }[]): void {
  const command = browser();
  // a profile of its own: one that is open elsewhere would take the order and draw nothing
  const profile = mkdtempSync(join(tmpdir(), "basin-png-"));
  try {
    for (const { path, svg } of figures) {
      const [, width, height] = /^<svg\b[^>]* width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
      const png = resolve(path.replace(/\.svg$/, ".png"));
      rmSync(png, { force: true });
      const options = [
        "--headless",
        "--disable-gpu",
        "--hide-scrollbars",
        "--no-first-run",
        "--disable-background-networking",
        "--force-device-scale-factor=2",
        `--user-data-dir=${profile}`,
        // the sandbox refuses the root user, as in most containers
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        `--window-size=${width},${height}`,
        `--screenshot=${png}`,
        pathToFileURL(path).href,
      ];
      // a browser may hang as it starts on a busy machine: it is asked once more
      let stderr = "";
      for (let attempt = 0; attempt < 2 && !existsSync(png); attempt++)
        ({ stderr } = spawnSync(command, options, { encoding: "utf8", timeout: 30_000 }));
      if (!existsSync(png))
        throw new UsageError(
          "--png",
          `${command} drew nothing${stderr === "" ? "" : ` (${stderr.trim().split("\n").at(-1)})`}`,
          "set CHROMIUM_PATH to another",
        );
      writeFileSync(png, pngWithProvenance(readFileSync(png), svg));
    }
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}
