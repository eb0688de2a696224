// What researchers ask for, in the page: the same numbers as a report's, out of the way until they are wanted.
import { expect, test } from "vitest";
import { catalog } from "@basin/catalog";
import { inProcess, runExperiment } from "@basin/experiment";
import { ertTables, methods, pairsTables, shown } from "@basin/report";
import { axe, button, until, useApp } from "./page.ts";

const open = useApp();
const fragment = "optimizers=adam,random-search,cma-es&problem=rosenbrock&seeds=5&budget=300";
const experiment = {
  problems: ["rosenbrock"],
  optimizers: ["adam", "random-search", "cma-es"],
  replicates: 5,
  budget: 300,
};

test("runtimes, ends, tests, ranks and methods are those of a report, loaded when they are opened", async () => {
  const { page, complaints } = await open(fragment);
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(request.url()));
  await until(page, /^15 runs in/);
  const card = page.locator("#research");
  expect(await card.locator("[role=tab]").count()).toBe(0);
  expect(fetched.some((url) => url.includes("panels"))).toBe(false);
  await card.locator("summary").click();
  await card.locator("svg.ecdf, svg.ecdf-curves").first().waitFor();
  expect(fetched.some((url) => url.includes("panels"))).toBe(true);

  const result = await runExperiment(experiment, { catalog, executor: inProcess(catalog, () => 0) });
  const cells = (): Promise<string[]> =>
    card.locator("tbody th, tbody td").evaluateAll((all) => all.map((cell) => cell.textContent ?? ""));
  expect(await cells()).toEqual(
    ertTables(result)[0]!
      .rows.flat()
      .map((value) => shown(value)),
  );
  await page.getByRole("tab", { name: "Tests" }).click();
  expect(await cells()).toEqual(
    pairsTables(result)[0]!
      .rows.flat()
      .map((value) => shown(value)),
  );
  await page.getByRole("tab", { name: "End values" }).click();
  expect(await card.locator("svg.end-values").count()).toBe(1);
  await page.getByRole("tab", { name: "Ranks" }).click();
  expect(await card.locator("figcaption").innerText()).toContain("Friedman");
  await page.getByRole("tab", { name: "Sensitivity" }).click();
  expect(await card.locator("#research-panel").innerText()).toContain("three or more of its values");
  await page.getByRole("tab", { name: "Methods" }).click();
  expect(await card.locator(".paste").innerText()).toBe(methods(result));
  expect(complaints).toEqual([]);
});

test("a list of values in a file shows how much the hyperparameter matters", async () => {
  const { page } = await open("seeds=1&budget=20");
  await until(page, /^3 runs in/);
  const text = JSON.stringify({
    problems: ["sphere"],
    optimizers: [{ name: "adam", settings: { rate: [0.01, 0.1, 1] } }],
    replicates: 3,
    budget: 60,
  });
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "grid.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await until(page, /^9 runs in/);
  await page.locator("#research summary").click();
  await page.getByRole("tab", { name: "Sensitivity" }).click();
  expect(await page.locator("#research svg").first().getAttribute("aria-label")).toMatch(
    /^Median loss at the end over rate: 0\.01: /,
  );
});

test("the tabs go by arrow keys, and one of them is a tab stop", async () => {
  const { page } = await open(fragment);
  await until(page, /^15 runs in/);
  const summary = page.locator("#research summary");
  await summary.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("tab", { name: "Runtimes" }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Tests");
  expect(await page.getByRole("tab", { selected: true }).innerText()).toBe("Tests");
  await page.keyboard.press("End");
  expect(await page.getByRole("tab", { selected: true }).innerText()).toBe("Methods");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).not.toBe("tab");
});

test.each(["light", "dark"] as const)(
  "axe finds nothing in the %s theme, in any tab; on a phone nothing overflows",
  async (colorScheme) => {
    const wide = await open(fragment, { colorScheme });
    await until(wide.page, /^15 runs in/);
    await wide.page.locator("#research summary").click();
    for (const name of ["Runtimes", "Tests", "Ranks", "Methods"]) {
      await wide.page.getByRole("tab", { name }).click();
      expect(await axe(wide.page)).toEqual([]);
    }
    const { page } = await open(fragment, {
      colorScheme,
      viewport: { width: 360, height: 720 },
      isMobile: true,
    });
    await until(page, /^15 runs in/);
    await button(page, "Table").click();
    await page.locator("#research summary").click();
    for (const name of ["Runtimes", "End values", "Tests", "Ranks", "Sensitivity", "Methods"]) {
      await page.getByRole("tab", { name }).click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    }
    expect(await axe(page)).toEqual([]);
  },
);
