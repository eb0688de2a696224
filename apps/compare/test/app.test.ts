// The comparison from end to end, in a real Chromium.
import { describe, expect, test } from "vitest";
import { catalog } from "@basin/catalog";
import { fingerprint, inProcess, runExperiment } from "@basin/experiment";
import { axe, button, dots, runners, settled, standing, until, useApp } from "./page.ts";

const open = useApp();
/** Long enough that something can be done to it while it runs; not started unasked, because it is long. */
const long = "seeds=3&budget=400000";
const small = "seeds=3&budget=300";

describe("opening", () => {
  test("runs the default experiment unasked, draws three curves and a map, and says in words who won", async () => {
    const { page, complaints } = await open();
    await until(page, /^45 runs in/);
    expect(await page.locator("h1").innerText()).toBe(
      "Three ways to find good weights. Which gets there first?",
    );
    const labels = page.locator("svg.loss-curves text");
    for (const name of ["gradient-descent", "random-search", "genetic-algorithm"])
      expect(await labels.filter({ hasText: name }).count()).toBeGreaterThan(0);
    expect(await labels.filter({ hasText: "median of 15 seeds" }).count()).toBe(1);
    expect(await page.locator(".lead").innerText()).toMatch(/\d+ of 15 seeds/);
    await page.locator("svg.loss-map text", { hasText: "start" }).waitFor();
    await page.locator("svg.fit-view").nth(2).waitFor();
    expect((await dots(page)).filter((dot) => /: loss /.test(dot))).toHaveLength(45);
    expect(await page.locator(".checks li").count()).toBeGreaterThanOrEqual(3);
    expect(await page.locator(".fingerprint").innerText()).toMatch(/^[0-9a-f]{16,}$/);
    expect(complaints).toEqual([]);
  });

  test("two workers carry out runs at the same time", async () => {
    const { page } = await open(long);
    await button(page, "Run").first().click();
    // Two dots say "running" at one moment: both have reported progress and neither has ended.
    await page.waitForFunction(
      () =>
        [...document.querySelectorAll("svg.lanes title")].filter((title) =>
          /running/.test(title.textContent ?? ""),
        ).length === 2,
      undefined,
      { timeout: 30_000 },
    );
    expect(await runners(page)).toHaveLength(2);
    await button(page, "Cancel").click();
  });

  test("an experiment in a link that would take long waits for a click; an unknown name is explained", async () => {
    const { page } = await open(long);
    expect(await standing(page)).toBe("Not started");
    const other = await open("optimizers=gradient-decent");
    expect(await other.page.locator("header .fault").innerText()).toMatch(/gradient-descent/);
  });

  test("nothing violates the Content-Security-Policy, and the policy forbids eval", async () => {
    const { page, complaints } = await open(small);
    await until(page, /^9 runs in/);
    const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).not.toMatch(/'unsafe-eval'|'unsafe-inline'/);
    expect(complaints).toEqual([]);
  });
});

describe("running", () => {
  test("pauses: nothing more ends; resumes; cancels; runs again", async () => {
    const { page } = await open("seeds=6&budget=25000");
    await until(page, /^[1-9]\d* of 18 runs/);
    await button(page, "Pause").click();
    await until(page, /^Paused/);
    // Runs that were at their last step when the pause was asked for may still report.
    const before = await settled(page);
    await page.waitForTimeout(1000);
    expect(await standing(page)).toBe(before);
    await button(page, "Resume").click();
    await until(page, /^18 runs in/);
    await button(page, "Run again").click();
    await until(page, /^\d+ of 18 runs/);
    await button(page, "Cancel").click();
    await until(page, /^Cancelled after/);
    const cancelled = await settled(page);
    await page.waitForTimeout(500);
    expect(await standing(page)).toBe(cancelled);
    await button(page, "Run again").click();
    await until(page, /^18 runs in/);
  });

  test("steps: each optimizer asks once and is told, and curves, map, fits and lanes go on by it; the result is the same to the last bit", async () => {
    const whole = await open(small);
    await until(whole.page, /^9 runs in/);
    const print = await whole.page.locator(".fingerprint").innerText();

    const { page, complaints } = await open(long);
    await page.getByLabel("Budget", { exact: true }).fill("300");
    await page.getByLabel("Budget", { exact: true }).press("Enter");
    const underWay = page.locator(".under-way tbody tr");
    const counts = (): Promise<string[]> =>
      underWay.evaluateAll((rows) =>
        rows.map(
          (row) =>
            row.querySelector("th")!.innerText.replace(/\s+/g, " ").trim() +
            ": " +
            row.querySelector("td")!.innerText,
        ),
      );
    const told = (steps: number): string[] =>
      ["gradient-descent", "random-search", "genetic-algorithm"].map((name) => `${name}: ${steps}`);
    const line = (): Promise<string | null> =>
      page.locator("svg.loss-curves .thread path").first().getAttribute("d", { timeout: 5000 });
    await button(page, "Step").click();
    await expect.poll(counts, { timeout: 20_000 }).toEqual(told(1));
    await until(page, /^Paused at 0 of 9 runs/);
    expect(await page.locator(".under-way caption").innerText()).toContain("seed 1");
    await page.locator(".lead", { hasText: "is lowest so far" }).waitFor();
    expect(await page.locator("svg.loss-curves .thread").count()).toBe(3);
    for (const name of ["gradient-descent", "random-search", "genetic-algorithm"])
      expect(await page.locator("svg.loss-curves text", { hasText: name }).count()).toBe(1);
    await page.locator("svg.loss-map path.land").first().waitFor();
    await page.locator("svg.fit-view").nth(2).waitFor();
    const drawn = await line();
    const mapNow = (): Promise<string> => page.locator("svg.loss-map").innerHTML();
    const map = await mapNow();
    for (let steps = 2; steps <= 4; steps++) {
      await button(page, "Step").click();
      await expect.poll(counts).toEqual(told(steps));
    }
    expect(await line()).not.toBe(drawn);
    await expect.poll(mapNow, { timeout: 10_000 }).not.toBe(map);
    expect((await dots(page)).filter((dot) => /: waits after 4 steps, /.test(dot))).toHaveLength(3);
    // and no step is taken without being asked for
    await page.waitForTimeout(600);
    expect(await counts()).toEqual(told(4));
    await button(page, "Resume").click();
    await until(page, /^9 runs in/);
    expect(await page.locator(".fingerprint").innerText()).toBe(print);
    expect(await underWay.count()).toBe(0);
    expect(await page.locator("svg.loss-curves .thread").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("a pause in the middle shows the runs under way, and steps lead them to their end", async () => {
    const { page } = await open(
      "optimizers=random-search,nelder-mead&problem=sphere&seeds=1&budget=100000000",
    );
    await button(page, "Run").first().click();
    await until(page, /^0 of 2 runs/);
    await page.waitForTimeout(300);
    await button(page, "Pause").click();
    await expect.poll(() => page.locator(".under-way tbody tr").count()).toBeGreaterThan(0);
    await button(page, "Cancel").click();
    await page.getByLabel("Budget", { exact: true }).fill("4");
    await page.getByLabel("Budget", { exact: true }).press("Enter");
    for (let i = 0; i < 12 && !(await standing(page)).startsWith("2 runs in"); i++) {
      await button(page, "Step").click();
      await page.waitForTimeout(250);
    }
    await until(page, /^2 runs in/);
  });

  test("the fingerprint does not depend on the number of workers", async () => {
    const one = await open(small, { cores: 1 });
    await until(one.page, /^9 runs in/);
    const two = await open(small, { cores: 2 });
    await until(two.page, /^9 runs in/);
    const print = await one.page.locator(".fingerprint").innerText();
    expect(print).toMatch(/^[0-9a-f]{16,}$/);
    expect(await two.page.locator(".fingerprint").innerText()).toBe(print);
  });
});

describe("a worker that fails costs one run", () => {
  const faults = {
    "is killed": () => globalThis.close(),
    "computes for ever": () => {
      for (;;);
    },
    throws: () => {
      setTimeout(() => {
        throw new Error("struck by a test");
      }, 0);
    },
  };
  test.each(Object.entries(faults))(
    "one that %s: its run is done again and named, the others go on",
    async (_, fault) => {
      const { page } = await open("seeds=4&budget=60000");
      await button(page, "Run").first().click();
      await page.waitForFunction(
        () =>
          [...document.querySelectorAll("svg.lanes title")].some((title) =>
            /running/.test(title.textContent ?? ""),
          ),
        undefined,
        { timeout: 30_000 },
      );
      // Not awaited: an endless loop never answers, and a dead worker neither.
      const [struck] = await runners(page);
      void struck!.evaluate(fault).catch(() => undefined);
      await until(page, /^12 runs in/);
      const incidents = await page.locator(".incidents li").allInnerTexts();
      expect(incidents).toHaveLength(1);
      expect(incidents[0]).toMatch(/^[\w-]+, seed \d+ /);
      expect((await dots(page)).filter((dot) => /: (loss|diverged)/.test(dot))).toHaveLength(12);
    },
  );
});

describe("choosing", () => {
  test("adds, duplicates, sets, removes; the address holds it all", async () => {
    const { page } = await open(small);
    await until(page, /^9 runs in/);
    await page.getByLabel("Add an optimizer").selectOption("adam");
    await button(page, "Duplicate adam").click();
    await button(page, "Settings of adam 2").click();
    const number = page.locator("#entrant-4 input[type=number]").first();
    await number.fill("0.35");
    await number.press("Enter");
    await button(page, "Remove random-search").click();
    await page.getByRole("button", { name: "Run with the changes" }).click();
    await until(page, /^12 runs in/);
    expect(await page.locator("h1").innerText()).toContain("Four ways");
    const labels = page.locator("svg.loss-curves text");
    expect(await labels.filter({ hasText: "adam 2" }).count()).toBe(1);
    expect(await labels.filter({ hasText: "random-search" }).count()).toBe(0);
    const print = await page.locator(".fingerprint").innerText();
    await page.waitForFunction(() => location.hash.startsWith("#state="));
    await page.reload();
    await until(page, /^12 runs in/);
    expect(await page.locator(".fingerprint").innerText()).toBe(print);
    expect(await page.locator(".entrant-name small").first().innerText()).toContain("0.35");
  });

  test("another problem, another axis, linear scales: drawn, and readable in the address", async () => {
    const { page, complaints } = await open(small);
    await until(page, /^9 runs in/);
    await page.getByLabel("Problem", { exact: true }).selectOption("rosenbrock");
    await page.getByRole("button", { name: "Run with the changes" }).click();
    await until(page, /^9 runs in/);
    expect(await page.locator("h1").innerText()).toContain("lowest point");
    for (const name of ["queries", "examples", "seconds"]) {
      await page.getByRole("radio", { name, exact: true }).check({ force: true });
      await page.locator("svg.loss-curves text", { hasText: name }).first().waitFor();
    }
    await page
      .getByRole("group", { name: "x", exact: true })
      .getByRole("radio", { name: "linear" })
      .check({ force: true });
    await page.waitForFunction(
      () => location.hash === "#problem=rosenbrock&seeds=3&budget=300&x=seconds&xscale=linear",
    );
    expect(complaints).toEqual([]);
  });
});

describe("who cannot take the problem", () => {
  test("is told before the run, beside the optimizer, with the reason and what to do; its runs are recorded as failed", async () => {
    const { page, complaints } = await open(
      "problem=one-max&optimizers=gradient-descent,random-search,genetic-algorithm&seeds=2&budget=400000",
    );
    const note = page.locator(".entrant", { hasText: "gradient-descent" }).locator(".misfit");
    await note.waitFor();
    expect(await standing(page)).toBe("Not started");
    expect(await note.innerText()).toContain("gradient-descent searches real, but the domain is bits.");
    expect(await note.innerText()).toContain("Choose an optimizer for this encoding.");
    const notice = page.locator(".notices", { hasText: "cannot take this problem" });
    expect(await notice.innerText()).toContain("gradient-descent");
    expect(await axe(page)).toEqual([]);
    await page.getByLabel("Budget", { exact: true }).fill("50");
    await page.getByLabel("Budget", { exact: true }).press("Enter");
    await button(page, "Run").first().click();
    await until(page, /^6 runs in/);
    expect((await dots(page)).filter((dot) => /^gradient-descent, seed \d: failed/.test(dot))).toHaveLength(
      2,
    );
    expect(await page.locator(".incidents").innerText()).toContain("gradient-descent, seeds 1, 2");
    // what is not to be searched by slopes may be searched by slopes elsewhere
    await page.getByLabel("Problem", { exact: true }).selectOption("sphere");
    await page.locator(".misfit").first().waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  });

  test("also where only the data say so: the dimension of a large model", async () => {
    const { page, complaints } = await open("problem=digits-softmax&optimizers=bfgs,adam&budget=400000");
    const note = page.locator(".entrant", { hasText: "bfgs" }).locator(".misfit");
    await note.waitFor();
    expect(await note.innerText()).toMatch(/bfgs searches 1 to 1000 dimensions, but the domain has 1970/);
    expect(await page.locator(".misfit").count()).toBe(1);
    expect(complaints).toEqual([]);
  });
});

describe("data", () => {
  test("the largest data set is in the workers alone, and its problem runs, is mapped and explained", async () => {
    const { page, complaints } = await open(
      "problem=digits-softmax&optimizers=gradient-descent,random-search&seeds=1&budget=20",
    );
    await until(page, /^2 runs in/);
    expect(await page.locator(".lead").innerText()).toContain("After 20 evaluations gradient descent");
    await page.locator("svg.loss-map path.land").first().waitFor();
    await page.locator(".fit", { hasText: "Each example has 196 numbers" }).waitFor();
    expect(complaints).toEqual([]);
  });
});

describe("a budget in multiples of the weights", () => {
  const digits = "problem=digits-softmax&optimizers=gradient-descent,random-search&seeds=1";

  test("of a model of the largest data set: the page loads the data to count them, and only then", async () => {
    const { page, complaints } = await open(
      "problem=digits-softmax&optimizers=random-search&seeds=1&budget=20",
    );
    const loaded: string[] = [];
    page.on("request", (request) => loaded.push(request.url()));
    await until(page, /^1 runs? in/);
    expect(loaded.filter((url) => url.endsWith(".js") && !url.includes("worker"))).toEqual([]);
    await page.getByLabel("Budget", { exact: true }).fill("0.02n");
    await page.getByLabel("Budget", { exact: true }).press("Enter");
    await page.getByRole("button", { name: "Run with the changes" }).click();
    await expect.poll(() => page.locator(".lead").innerText()).toMatch(/After 39(\.4)? evaluations/);
    await until(page, /^1 runs? in/);
    expect(complaints).toEqual([]);
  });

  test("in a link, to the fingerprint of the terminal", async () => {
    const { page, complaints } = await open(`${digits}&budget=0.01n`);
    await until(page, /^2 runs in/);
    const result = await runExperiment(
      {
        problems: ["digits-softmax"],
        optimizers: ["gradient-descent", "random-search"],
        replicates: 1,
        budget: "0.01n",
      },
      { catalog, executor: inProcess(catalog, () => 0) },
    );
    expect(await page.locator(".fingerprint").innerText()).toBe(fingerprint(result));
    expect(complaints).toEqual([]);
  });

  test("where the data cannot be had: it says so, and what to do", async () => {
    const { page } = await open("problem=digits-softmax&optimizers=random-search&seeds=1&budget=20");
    await until(page, /^1 runs? in/);
    await page.context().setOffline(true);
    await page.getByLabel("Budget", { exact: true }).fill("0.02n");
    await page.getByLabel("Budget", { exact: true }).press("Enter");
    await page.getByRole("button", { name: "Run with the changes" }).click();
    await expect
      .poll(() => page.locator("header .fault[role=alert]").innerText())
      .toMatch(/digits could not be loaded.*give the budget as a number/s);
  });
});

describe("looking", () => {
  test("another seed on the map: its start is another, its numbers are the same", async () => {
    const { page, complaints } = await open(small, { reducedMotion: "reduce" });
    await until(page, /^9 runs in/);
    const start = page.locator("svg.loss-map text", { hasText: "start" });
    await start.waitFor();
    const print = await page.locator(".fingerprint").innerText();
    const land = (): Promise<string | null> =>
      page.locator("svg.loss-map path.land").first().getAttribute("d");
    await expect.poll(land).toBeTruthy();
    // The fine map replaces the coarse one; then it stays.
    await page.waitForTimeout(1500);
    const before = await land();
    await page.getByLabel("Seed of map and fits").selectOption("2");
    await expect.poll(land, { timeout: 20_000 }).not.toBe(before);
    await page.locator(".fit .card-head", { hasText: "seed 2" }).waitFor();
    expect(await page.locator(".fingerprint").innerText()).toBe(print);
    expect(complaints).toEqual([]);
  });

  test("where the reader points on the curves, the map and the fits follow", async () => {
    const { page } = await open(small, { reducedMotion: "reduce" });
    await until(page, /^9 runs in/);
    await page.locator("svg.loss-map text", { hasText: "start" }).waitFor();
    await page.locator(".chart-stop").focus();
    await page.keyboard.press("Home");
    await expect.poll(() => page.locator(".replay output").innerText()).toBe("after 2 evaluations");
    await page.keyboard.press("End");
    await expect.poll(() => page.locator(".replay output").innerText()).toBe("after 300 evaluations");
  });
});

describe("for everyone", () => {
  test("keyboard only: cancel and run, read a curve, change a setting", async () => {
    const { page } = await open(small);
    await until(page, /^9 runs in/);
    const focused = (): Promise<string> =>
      page.evaluate(() => {
        const { activeElement: at } = document;
        return (
          at?.getAttribute("aria-label") ??
          at?.getAttribute("aria-roledescription") ??
          at?.textContent?.trim() ??
          ""
        );
      });
    const tabTo = async (pattern: RegExp): Promise<void> => {
      for (let i = 0; i < 60; i++) {
        await page.keyboard.press("Tab");
        if (pattern.test(await focused())) return;
      }
      throw new Error(`compare: Tab never reached ${pattern}.`);
    };
    await tabTo(/^To the curves$/);
    await tabTo(/^Run again$/);
    await page.keyboard.press("Enter");
    await until(page, /^9 runs in/);
    await tabTo(/^Settings of gradient-descent$/);
    await page.keyboard.press("Enter");
    await page.locator("#entrant-0 input").first().waitFor();
    await tabTo(/^line chart$/);
    await page.keyboard.press("End");
    const spoken = page.locator(".chart-figure [aria-live]");
    await expect.poll(() => spoken.innerText()).toMatch(/^gradient-descent, 300 evaluations: median /);
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => spoken.innerText()).toMatch(/^random-search, 300 evaluations: median /);
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => spoken.innerText()).toMatch(/^random-search, 2\d\d evaluations: median /);
  });

  test.each([360, 320])(
    "a phone of %i px: nothing overflows, targets are 44 px, one picture at a time, settings in a sheet",
    async (width) => {
      const { page } = await open(small, {
        viewport: { width, height: 720 },
        hasTouch: true,
        isMobile: true,
      });
      await until(page, /^9 runs in/);
      for (const name of ["Map", "Fit", "Seeds", "Table", "Loss"]) {
        await button(page, name).click();
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        const visible = await page
          .locator("main > .card, main .card")
          .evaluateAll(
            (cards) =>
              new Set(
                cards
                  .filter((card) => card.getBoundingClientRect().height > 0)
                  .map((card) => (card as HTMLElement).dataset["tab"]),
              ).size,
          );
        expect(visible).toBe(1);
      }
      await button(page, "Settings").click();
      await button(page, "Settings of gradient-descent").click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const tooSmall = await page
        .locator(
          "button:visible, select:visible, summary:visible, .choice label:visible, input[type=number]:visible",
        )
        .evaluateAll((targets) =>
          targets
            .map((target) => [target.getBoundingClientRect(), target.outerHTML.slice(0, 90)] as const)
            .filter(([box]) => box.height < 43.5 || box.width < 43.5)
            .map(([, html]) => html),
        );
      expect(tooSmall).toEqual([]);
      await page.keyboard.press("Escape");
      await page.locator("#setup").waitFor({ state: "hidden" });
    },
  );

  test.each(["light", "dark"] as const)(
    "axe-core finds nothing in the %s theme, while it runs, after, and on a phone",
    async (colorScheme) => {
      const { page } = await open(long, { colorScheme, reducedMotion: "reduce" });
      await button(page, "Run").first().click();
      await until(page, /^\d+ of 9 runs/);
      expect(await axe(page)).toEqual([]);
      await button(page, "Cancel").click();
      const after = (await open(small, { colorScheme, reducedMotion: "reduce" })).page;
      await until(after, /^9 runs in/);
      await after.locator("svg.fit-view").first().waitFor();
      await button(after, "Settings of gradient-descent").click();
      await after.locator("summary").first().click();
      expect(await axe(after)).toEqual([]);
      const phone = (
        await open(small, { colorScheme, viewport: { width: 360, height: 720 }, isMobile: true })
      ).page;
      await until(phone, /^9 runs in/);
      await button(phone, "Settings").click();
      expect(await axe(phone)).toEqual([]);
    },
  );

  test("the theme can be chosen, is remembered, and the charts follow", async () => {
    const { page } = await open(small, { colorScheme: "light" });
    await until(page, /^9 runs in/);
    const paper = (): Promise<string> =>
      page
        .locator("svg.loss-curves rect.paper")
        .first()
        .evaluate((rect) => getComputedStyle(rect).fill);
    expect(await paper()).toBe("rgb(255, 253, 249)");
    await page.getByRole("button", { name: /Change to light/ }).click();
    await page.getByRole("button", { name: /Change to dark/ }).click();
    expect(await paper()).toBe("rgb(26, 28, 32)");
    await page.reload();
    await until(page, /^9 runs in/);
    expect(await paper()).toBe("rgb(26, 28, 32)");
  });

  test("with reduced motion the map is finished at once", async () => {
    const { page } = await open(small, { reducedMotion: "reduce" });
    await until(page, /^9 runs in/);
    await page.locator("svg.loss-map text", { hasText: "start" }).waitFor();
    expect(await button(page, "Replay the search").count()).toBe(1);
  });
});
