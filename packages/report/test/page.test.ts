// report.html in a real Chromium, from a file: both themes without a violation, nothing on the console, nothing fetched.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExperimentResult } from "@basin/experiment";
import { report } from "@basin/report";
import { findChromium } from "../../../tools/chromium.mjs";
import { gridExperiment, severalProblems } from "./made.ts";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "basin-report-"));
let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly fetched: readonly string[];
}

async function open(html: string, colorScheme: "light" | "dark"): Promise<Opened> {
  const path = join(folder, "report.html");
  writeFileSync(path, html);
  const context = await browser.newContext({
    colorScheme,
    viewport: { width: 1100, height: 900 },
    // for axe, which is put into the page; that the policy holds is looked at apart
    bypassCSP: true,
  });
  const page = await context.newPage();
  const [complaints, fetched]: [string[], string[]] = [[], []];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() !== "log") complaints.push(message.text());
  });
  page.on("request", (request) => fetched.push(request.url()));
  await page.goto(pathToFileURL(path).href);
  return { page, complaints, fetched };
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

const experiments: readonly [string, () => Promise<ExperimentResult>][] = [
  ["several problems", severalProblems],
  ["a grid over a hyperparameter, with runs that diverge", gridExperiment],
];

describe.each(experiments)("the page of %s", (_, run) => {
  test.each(["light", "dark"] as const)(
    "in the %s theme axe finds nothing, and nothing is fetched",
    async (theme) => {
      const result = await run();
      const { html } = report([{ name: "out", result, environment: { node: "20.20.0", cores: 2 } }]);
      const { page, complaints, fetched } = await open(html, theme);
      await page.evaluate(axeSource);
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      const violations = await page.evaluate(
        async () =>
          (
            await (
              globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
            ).axe.run()
          ).violations,
      );
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html} ${nodes[0]!.failureSummary}`),
      ).toEqual([]);
      expect(complaints).toEqual([]);
      expect(fetched.map((url) => url.replace(/^.*\//, ""))).toEqual(["report.html"]);
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const brightness = paper
        .match(/\d+/g)!
        .map(Number)
        .reduce((sum, part) => sum + part, 0);
      expect(brightness > 384).toBe(theme === "light");
      await page.context().close();
    },
  );
});

test("under its own policy the page has its style, runs no script and shows a hostile label as text", async () => {
  const hostile = "<img src=x onerror=alert(1)>\"&'</style><script>alert(1)</script>";
  const made = await severalProblems();
  const result: ExperimentResult = {
    ...made,
    spec: {
      ...made.spec,
      optimizers: made.spec.optimizers.map((line, i) => (i === 0 ? { ...line, label: hostile } : line)),
    },
  };
  const path = join(folder, "hostile.html");
  writeFileSync(path, report(result).html);
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("dialog", () => complaints.push("a dialog"));
  await page.goto(pathToFileURL(path).href);
  expect(complaints).toEqual([]);
  expect(await page.evaluate(() => document.querySelectorAll("script, img").length)).toBe(0);
  expect(await page.locator("th", { hasText: hostile }).count()).toBeGreaterThan(0);
  const font = await page.evaluate(() => getComputedStyle(document.querySelector("h1")!).fontSize);
  expect(font).toBe("30.4px"); // 1.9rem: the sheet was let in
  await page.close();
});

test("on a telephone the page is as wide as the screen, and what is wider scrolls in its place", async () => {
  const path = join(folder, "narrow.html");
  writeFileSync(path, report(await gridExperiment()).html);
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  await page.goto(pathToFileURL(path).href);
  const [page360, figure] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.querySelector("figure svg")!.getBoundingClientRect().width,
  ]);
  expect(page360).toBe(360);
  // so that its letters of 11 px stay about 9 px
  expect(figure).toBeGreaterThan(600);
  await page.close();
});
