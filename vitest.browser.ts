// Browser mode in a real Chromium: the one that the root's test command found, or $CHROMIUM_PATH.
import { playwright } from "@vitest/browser-playwright";
import type { ViteUserConfig } from "vitest/config";
import { base } from "./vitest.base.ts";
import { findChromium } from "./tools/chromium.mjs";

/** A vitest project that runs these test files in Chromium. */
export function chromium(include: string[]): ViteUserConfig {
  return {
    ...base,
    test: {
      ...base.test,
      name: "chromium",
      include,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: {
            executablePath: findChromium(),
            args: [
              "--no-sandbox",
              "--disable-gpu",
              "--disable-background-networking",
              "--disable-component-update",
              "--disable-sync",
              "--no-first-run",
            ],
          },
        }),
        instances: [{ browser: "chromium" }],
      },
    },
  };
}
