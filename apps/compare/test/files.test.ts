// The files that the page gives: the same bytes as the terminal's.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { catalog } from "@basin/catalog";
import { curvesCsv, fingerprint, inProcess, runExperiment, runsCsv } from "@basin/experiment";
import { button, until, useApp } from "./page.ts";

const require = createRequire(import.meta.url);
const open = useApp();
const optimizers = ["gradient-descent", "random-search", "genetic-algorithm"];

async function saved(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, name).click()]);
  return readFile(await download.path(), "utf8");
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
  const folder = await mkdtemp(join(tmpdir(), "basin-compare-"));
  try {
    // The very command that the page offers.
    const words = command.split(" ");
    expect(words[0]).toBe("basin");
    const program = join(dirname(require.resolve("@basin/cli/package.json")), "dist/main.js");
    await promisify(execFile)(process.execPath, [program, ...words.slice(1), "-o", folder]);
    expect(await saved(page, "Curves as CSV")).toBe(await readFile(join(folder, "curves.csv"), "utf8"));
  } finally {
    await rm(folder, { recursive: true });
  }
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

test("an experiment with settings is given as a file that reads back as the same experiment", async () => {
  const { page } = await open("seeds=2&budget=100");
  await until(page, /^6 runs in/);
  await button(page, "Duplicate random-search").click();
  await page.getByRole("button", { name: "Run with the changes" }).click();
  await until(page, /^8 runs in/);
  expect(await page.locator(".command code").innerText()).toBe("basin run experiment.json");
  const file: unknown = JSON.parse(await saved(page, "Save experiment.json"));
  const result = await runExperiment(file as Parameters<typeof runExperiment>[0], {
    catalog,
    executor: inProcess(catalog, () => 0),
  });
  expect(await page.locator(".fingerprint").innerText()).toBe(fingerprint(result));
});
