import { defineConfig } from "vitest/config";
import { base } from "../../vitest.base.ts";
import { chromium } from "../../vitest.browser.ts";

export default defineConfig({
  ...base,
  test: {
    ...base.test,
    projects: [
      { ...base, test: { ...base.test, name: "node" } },
      {
        ...chromium(["test/browser.test.ts"]),
        // found before the tests begin: finding them later would reload the page under a test
        optimizeDeps: { include: ["zod", "@basin/random > seedrandom"] },
      },
    ],
  },
});
