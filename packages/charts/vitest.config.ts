import { defineConfig } from "vitest/config";
import { base } from "../../vitest.base.ts";
import { chromium } from "../../vitest.browser.ts";

const browser = ["test/browser.test.tsx"];

export default defineConfig({
  ...base,
  test: {
    ...base.test,
    projects: [{ ...base, test: { ...base.test, name: "node", exclude: browser } }, chromium(browser)],
  },
});
