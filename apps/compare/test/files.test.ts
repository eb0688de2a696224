// The files that the page gives: the same bytes as the terminal's.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { catalog } from "@basin/catalog";
import { curvesCsv, fingerprint, inProcess, runExperiment, runsCsv } from "@basin/experiment";
import { provenanceOf } from "@basin/report";
import { button, dots, until, useApp } from "./page.ts";

const require = createRequire(import.meta.url);
const open = useApp();
const optimizers = ["gradient-descent", "random-search", "genetic-algorithm"];

async function saved(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, name).click()]);
  return readFile(await download.path(), "utf8");
}

/** What the terminal's program says. */
async function basin(...words: string[]): Promise<string> {
  const program = join(dirname(require.resolve("@basin/cli/package.json")), "dist/main.js");
  return (await promisify(execFile)(process.execPath, [program, ...words])).stdout;
}

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "basin-compare-"));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function openFile(page: Page, name: string, text: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    button(page, "Open a file …").click(),
  ]);
  await chooser.setFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
}

async function dropFile(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate(
    ([called, held]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([held!], called!));
      for (const type of ["dragover", "drop"])
        document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
    },
    [name, text],
  );
}

test("curves and runs as CSV, in Chromium, are those of Node to the last byte", async () => {
  const { page } = await open("seeds=3&budget=300");
  await until(page, /^9 runs in/);
  const result = await runExperiment(
    { problems: ["penguins-logistic"], optimizers, replicates: 3, budget: 300, seed: 1 },
    { catalog, executor: inProcess(catalog, () => 0) },
  );
  expect(await saved(page, "Curves as CSV")).toBe(curvesCsv(result));
  expect(await saved(page, "Runs as CSV")).toBe(runsCsv(result));
  expect(await page.locator(".fingerprint").innerText()).toBe(fingerprint(result));
});

test("curves as CSV, in Chromium, are the file of the terminal's program to the last byte", async () => {
  const { page } = await open("seeds=3&budget=300");
  await until(page, /^9 runs in/);
  const command = await page.locator(".command code").innerText();
  await inFolder(async (folder) => {
    // The very command that the page offers.
    expect(command).toMatch(/^basin run .* -o out\/$/);
    await basin(
      ...command
        .replace(/ -o out\/$/, "")
        .split(" ")
        .slice(1),
      "-o",
      folder,
    );
    expect(await saved(page, "Curves as CSV")).toBe(await readFile(join(folder, "curves.csv"), "utf8"));
  });
});

const file = `{
  // two problems, a grid, a name of one's own, a budget in multiples of n
  "problems": [{ "name": "rosenbrock", "settings": { "dimension": 3 } }, "branin"],
  "optimizers": [
    { "name": "gradient-descent", "settings": { "rate": [0.001, 0.01, 30] } },
    { "name": "random-search", "label": "darts, \\"thrown\\"" },
    { "name": "cma-es", "tuning": { "runs": 9, "seeds": 3, "varied": [], "criterion": "lowest median" } },
  ],
  "replicates": 3, "budget": "60n", "seed": 5, "target": 1e-9,
}`;

test("a file gives the same experiment in the page and in the terminal: fingerprint and files, byte for byte", async () => {
  const { page, complaints } = await open("seeds=1&budget=20");
  await until(page, /^3 runs in/);
  await openFile(page, "exp.jsonc", file);
  await until(page, /^30 runs in/);
  const print = await page.locator(".fingerprint").innerText();
  await inFolder(async (folder) => {
    await writeFile(join(folder, "exp.jsonc"), file);
    const said = await basin("run", join(folder, "exp.jsonc"), "-o", join(folder, "out"));
    expect(said).toContain(print);
    for (const [name, at] of [
      ["Summary as CSV", "summary.csv"],
      ["Curves as CSV", "curves.csv"],
      ["Runs as CSV", "runs.csv"],
      ["Records as NDJSON", "runs.ndjson"],
    ] as const)
      expect(await saved(page, name)).toBe(await readFile(join(folder, "out", at), "utf8"));
    // what the page saves is the same experiment again
    await writeFile(join(folder, "saved.json"), await saved(page, "Save as a file"));
    expect(await basin("run", join(folder, "saved.json"), "-o", join(folder, "again"))).toContain(print);
    expect(await readFile(join(folder, "again", "summary.csv"), "utf8")).toBe(
      await readFile(join(folder, "out", "summary.csv"), "utf8"),
    );
  });
  // labels and tuning do not fit on a line, and the address holds them all
  expect(await page.locator(".command code").innerText()).toBe("basin run experiment.json -o out/");
  await page.reload();
  await until(page, /^30 runs in/);
  expect(await page.locator(".fingerprint").innerText()).toBe(print);
  expect(complaints).toEqual([]);
});

test("of several problems one is shown at a time: curves, map and table follow the choice", async () => {
  const { page } = await open("problem=sphere,branin&seeds=2&budget=60", { reducedMotion: "reduce" });
  await until(page, /^12 runs in/);
  const curve = (): Promise<string | null> => page.locator("svg.loss-curves").getAttribute("aria-label");
  const map = (): Promise<string | null> => page.locator("svg.loss-map path.land").first().getAttribute("d");
  await expect.poll(map, { timeout: 10_000 }).toBeTruthy();
  const before = [await curve(), await map()];
  await button(page, "branin").first().click();
  await expect.poll(curve).not.toBe(before[0]);
  await expect.poll(map, { timeout: 10_000 }).not.toBe(before[1]);
  await page.locator(".curves", { hasText: "branin" }).waitFor();
});

test("a file that is wrong is opened by nobody: one message lists every fault, and what was shown stays", async () => {
  const { page, complaints } = await open("seeds=1&budget=20");
  await until(page, /^3 runs in/);
  await dropFile(
    page,
    "bad.json",
    JSON.stringify({
      problems: ["rosenbrok"],
      optimizers: [{ name: "adam", settings: { rte: 1 } }],
      budget: -1,
      replicates: 0,
    }),
  );
  const alert = page.locator("header .fault[role=alert]");
  await alert.waitFor();
  const said = await alert.innerText();
  expect(said).toMatch(/^bad\.json cannot be opened: 4 faults:/);
  for (const part of ["rosenbrock", "did you mean rate", "budget", "replicates"])
    expect(said).toContain(part);
  expect(await page.locator("svg.loss-curves text", { hasText: "gradient-descent" }).count()).toBe(1);
  await dropFile(page, "torn.json", '{ "problems": ["sphere"], ');
  await expect.poll(() => alert.innerText()).toMatch(/^torn\.json cannot be opened: line 1/);
  // a good one takes the message away
  await dropFile(
    page,
    "good.json",
    JSON.stringify({ problems: ["sphere"], optimizers: ["adam"], replicates: 2, budget: 50 }),
  );
  await until(page, /^2 runs in/);
  expect(await alert.count()).toBe(0);
  expect(complaints).toEqual([]);
});

test("a long experiment in a file waits for a click, and says so; until then what was run is shown, whatever is chosen", async () => {
  const { page, complaints } = await open("problem=sphere&seeds=1&budget=20n");
  await until(page, /^3 runs in/);
  await dropFile(
    page,
    "long.json",
    JSON.stringify({
      problems: ["sphere", "branin"],
      optimizers: ["adam"],
      replicates: 100,
      budget: "100000n",
    }),
  );
  await page.locator(".notices", { hasText: "long.json is open: 200 runs" }).waitFor();
  await button(page, "branin").first().click();
  await page.waitForTimeout(500);
  expect(await page.locator("svg.loss-curves text", { hasText: "gradient-descent" }).count()).toBe(1);
  expect(await dots(page)).toHaveLength(3);
  expect(complaints).toEqual([]);
});

test("the picture is an SVG file of its own that shows what the page shows", async () => {
  const { page } = await open("seeds=3&budget=300");
  await until(page, /^9 runs in/);
  const svg = await saved(page, "Picture as SVG");
  expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  for (const name of optimizers) expect(svg).toContain(`>${name}</text>`);
  expect(svg).toContain("median of 3 seeds");
  const drawn = await page.evaluate(async (text) => {
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    await image.decode();
    return image.naturalWidth;
  }, svg);
  expect(drawn).toBe(820);
});

test("the picture knows where it comes from: the terminal shows the command that draws it anew, and the page opens it again", async () => {
  const { page } = await open("seeds=3&budget=300");
  await until(page, /^9 runs in/);
  const print = await page.locator(".fingerprint").innerText();
  const svg = await saved(page, "Picture as SVG");
  await inFolder(async (folder) => {
    await writeFile(join(folder, "curves.svg"), svg);
    const said = await basin("show", join(folder, "curves.svg"));
    expect(said).toContain(print);
    const [, command] = /^(basin run .*) && basin report out\/$/m.exec(said)!;
    expect(command).toBe(await page.locator(".command code").innerText());
  });
  const other = await open("seeds=1&budget=20");
  await until(other.page, /^3 runs in/);
  await dropFile(other.page, "curves.svg", svg);
  await until(other.page, /^9 runs in/);
  expect(await other.page.locator(".fingerprint").innerText()).toBe(print);
  await dropFile(other.page, "other.svg", "<svg></svg>");
  await expect
    .poll(() => other.page.locator("header .fault[role=alert]").innerText())
    .toMatch(/^other\.svg cannot be opened: there is no experiment inside/);
});

test("the picture as PNG is the SVG at two pixels a unit, knows where it comes from, and opens again", async () => {
  const { page, complaints } = await open("seeds=3&budget=300");
  await until(page, /^9 runs in/);
  const print = await page.locator(".fingerprint").innerText();
  const svg = await saved(page, "Picture as SVG");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    button(page, "Picture as PNG").click(),
  ]);
  expect(download.suggestedFilename()).toBe("curves.png");
  const png = await readFile(await download.path());
  expect(provenanceOf(png)).toEqual(provenanceOf(svg));
  expect(provenanceOf(png).fingerprint).toBe(print);
  // a browser decodes it, checks and all, to what it draws of the SVG at that size
  const differing = await page.evaluate(
    async ([vector, pixels]) => {
      const drawn = async (blob: Blob): Promise<Uint8ClampedArray> => {
        const image = new Image();
        image.src = URL.createObjectURL(blob);
        await image.decode();
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [1640, 920];
        const context = canvas.getContext("2d")!;
        context.drawImage(image, 0, 0, 1640, 920);
        return context.getImageData(0, 0, 1640, 920).data;
      };
      const bytes = Uint8Array.from(atob(pixels!), (letter) => letter.codePointAt(0)!);
      const [a, b] = [
        await drawn(new Blob([bytes], { type: "image/png" })),
        await drawn(new Blob([vector!], { type: "image/svg+xml" })),
      ];
      return { differing: a.filter((value, i) => value !== b[i]).length, shades: new Set(a).size };
    },
    [svg, png.toString("base64")],
  );
  expect(differing.differing).toBe(0);
  expect(differing.shades).toBeGreaterThan(20);
  const other = await open("seeds=1&budget=20");
  await until(other.page, /^3 runs in/);
  const [chooser] = await Promise.all([
    other.page.waitForEvent("filechooser"),
    button(other.page, "Open a file …").click(),
  ]);
  await chooser.setFiles({ name: "curves.png", mimeType: "image/png", buffer: png });
  await until(other.page, /^9 runs in/);
  expect(await other.page.locator(".fingerprint").innerText()).toBe(print);
  expect([...complaints, ...other.complaints]).toEqual([]);
});

test("an experiment that words cannot say is given as a file that reads back as the same experiment", async () => {
  const { page } = await open("seeds=2&budget=100");
  await until(page, /^6 runs in/);
  await button(page, "Duplicate random-search").click();
  await page.getByRole("button", { name: "Run with the changes" }).click();
  await until(page, /^8 runs in/);
  expect(await page.locator(".command code").innerText()).toBe("basin run experiment.json -o out/");
  const given: unknown = JSON.parse(await saved(page, "Save experiment.json"));
  const result = await runExperiment(given as Parameters<typeof runExperiment>[0], {
    catalog,
    executor: inProcess(catalog, () => 0),
  });
  expect(await page.locator(".fingerprint").innerText()).toBe(fingerprint(result));
});
