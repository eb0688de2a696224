import { defineConfig } from "vitest/config";
import { base } from "../../vitest.base.ts";
import { chromium } from "../../vitest.browser.ts";

const everywhere = ["test/browser.test.ts"];

/** V8 has no SIMD in WebAssembly on a processor of x86 without SSE 4.1; on others it cannot be told to have none. */
const withoutSimd =
  process.arch === "x64"
    ? [
        {
          ...base,
          test: {
            ...base.test,
            name: "node without SIMD",
            include: everywhere,
            execArgv: ["--no-enable-sse4-1"],
          },
        },
      ]
    : [];

export default defineConfig({
  ...base,
  test: {
    ...base.test,
    projects: [{ ...base, test: { ...base.test, name: "node" } }, ...withoutSimd, chromium(everywhere)],
  },
});
