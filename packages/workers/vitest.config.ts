import { defineConfig } from "vitest/config";
import { base } from "../../vitest.base.ts";
import { chromium } from "../../vitest.browser.ts";

const inBrowser = "test/browser.test.ts";

export default defineConfig({
  ...base,
  test: {
    ...base.test,
    projects: [
      { ...base, test: { ...base.test, name: "node", exclude: [inBrowser] } },
      {
        ...chromium([inBrowser]),
        // found before the tests begin: finding them later would reload the page under a test
        optimizeDeps: { include: ["comlink", "zod", "@basin/runner > @basin/random > seedrandom"] },
      },
    ],
  },
});
