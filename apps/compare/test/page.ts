// The built app in a real Chromium, served by the same small server that `npm start` uses.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import axeCore from "axe-core";
import { chromium, type Browser, type BrowserContextOptions, type Page, type Worker } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { findChromium } from "../../../tools/chromium.mjs";
import { serve } from "../../../tools/serve.mjs";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));

export interface App {
  readonly page: Page;
  /** Errors, and violations of the Content-Security-Policy, as they came. */
  readonly complaints: string[];
}

let browser: Browser;
let url: string;
let stop: () => void;

/** Serves and launches once a file; closes pages after each test. */
export function useApp(): (
  fragment?: string,
  options?: BrowserContextOptions & { cores?: number },
) => Promise<App> {
  beforeAll(async () => {
    if (!existsSync(`${dist}index.html`))
      throw new Error("compare: dist is missing; run the build first (turbo does).");
    const served = await serve(dist.replace(/\/$/, ""), { port: 4600 });
    url = served.url;
    stop = () => {
      served.server.close();
      served.server.closeAllConnections();
    };
    browser = await chromium.launch({
      executablePath: findChromium(),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
      ],
    });
  });
  afterAll(async () => {
    await browser?.close();
    stop?.();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });
  return async (fragment = "", { cores = 2, ...options } = {}) => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      acceptDownloads: true,
      ...options,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    // Two cores are promised, whatever machine runs the tests.
    await page.addInitScript(
      (n) => Object.defineProperty(navigator, "hardwareConcurrency", { get: () => n }),
      cores,
    );
    await page.goto(`${url}${fragment === "" ? "" : `#${fragment}`}`);
    await page.waitForSelector("h1");
    return { page, complaints };
  };
}

/** What the line beside the progress bar says. */
export const standing = (page: Page): Promise<string> => page.locator(".run-bar [role=status]").innerText();

export const until = (page: Page, pattern: RegExp): Promise<unknown> =>
  page.locator(".run-bar [role=status]").filter({ hasText: pattern }).waitFor({ timeout: 50_000 });

/** The same, once it has not changed for most of a second. */
export async function settled(page: Page): Promise<string> {
  for (;;) {
    const before = await standing(page);
    await page.waitForTimeout(800);
    if ((await standing(page)) === before) return before;
  }
}

export const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });

/** The workers that carry runs out. */
export async function runners(page: Page): Promise<Worker[]> {
  const named = await Promise.all(
    page.workers().map(async (worker) => ({ worker, name: await worker.evaluate(() => self.name) })),
  );
  return named.filter(({ name }) => name === "run").map(({ worker }) => worker);
}

/** What the dots of the lanes say, one each. */
export const dots = (page: Page): Promise<string[]> =>
  page.locator("svg.lanes title").evaluateAll((titles) => titles.map((title) => title.textContent ?? ""));

/** Violations that axe-core finds, in a few words each. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(axeCore.source);
  return page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as {
        axe: {
          run(): Promise<{
            violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
          }>;
        };
      }
    ).axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`),
    );
  });
}
