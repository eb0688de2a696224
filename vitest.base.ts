// What every package's tests share: workspace packages are read from source, so a test needs no build of its neighbours.
import type { ViteUserConfig } from "vitest/config";

export const base: ViteUserConfig = {
  resolve: { conditions: ["@basin/source"] },
  ssr: { resolve: { conditions: ["@basin/source", "node"], externalConditions: ["@basin/source", "node"] } },
  test: {
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    testTimeout: 60_000,
    server: { deps: { inline: [/@basin\//] } },
  },
};
