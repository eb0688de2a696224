import { defineConfig } from "vitest/config";
import { base } from "../../vitest.base.ts";

export default defineConfig({ ...base, test: { ...base.test, fileParallelism: false, hookTimeout: 60_000 } });
