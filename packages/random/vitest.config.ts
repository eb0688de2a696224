import { defineConfig } from "vitest/config";
import { base } from "../../vitest.base.ts";
import { chromium } from "../../vitest.browser.ts";

const browser = chromium(["test/browser.test.ts"]);

export default defineConfig({
  ...base,
  test: {
    ...base.test,
    projects: [
      { ...base, test: { ...base.test, name: "node" } },
      // Bundled beforehand: finding it in the middle of a run would reload the page.
      { ...browser, optimizeDeps: { include: ["seedrandom"] } },
    ],
  },
});
