// The same seed gives the same bits on every engine: the committed fingerprints, computed anew in Node (V8), Chromium, and, under
// BASIN_LONG, in a newer Node (a newer V8), Firefox (SpiderMonkey) and Bun (JavaScriptCore).
//
// Where a change of an algorithm means to change results: BASIN_UPDATE=1 vitest run test/engines.test.ts, and say why in the commit.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { onBun, onChromium, onFirefox, onNewestNode, onNode } from "../engines/engines.ts";
import { root } from "./sources.ts";

const golden = join(root, "tools/engines/fingerprints.json");
const folder = mkdtempSync(join(tmpdir(), "basin-engines-"));
const program = join(folder, "program.mjs");
const long = process.env["BASIN_LONG"] !== undefined;

beforeAll(async () => {
  await build({
    root: join(root, "tools"),
    configFile: false,
    logLevel: "error",
    resolve: { conditions: ["@basin/source"] },
    build: {
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      lib: { entry: join(root, "tools/engines/entry.ts"), formats: ["es"], fileName: () => "program.mjs" },
    },
  });
  if (process.env["BASIN_UPDATE"] !== undefined)
    writeFileSync(golden, `${JSON.stringify(JSON.parse(onNode(program)), null, 2)}\n`);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const committed = (): unknown => JSON.parse(readFileSync(golden, "utf8"));

test("every optimizer runs on at least one problem", async () => {
  const { catalog } = await import("@basin/catalog");
  const names = new Set(Object.keys(committed() as object).map((pair) => pair.split(" on ")[0]));
  expect(Object.keys(catalog.optimizers).filter((name) => !names.has(name))).toEqual([]);
});

test("Node", { timeout: 180_000 }, () => expect(JSON.parse(onNode(program))).toEqual(committed()));

test("Chromium", { timeout: 180_000 }, async () =>
  expect(JSON.parse(await onChromium(program))).toEqual(committed()),
);

if (long)
  test("a newer Node", { timeout: 300_000 }, () =>
    expect(JSON.parse(onNewestNode(program))).toEqual(committed()),
  );

if (long)
  test("Firefox", { timeout: 600_000 }, async () =>
    expect(JSON.parse(await onFirefox(program))).toEqual(committed()),
  );

if (long) test("Bun", { timeout: 300_000 }, () => expect(JSON.parse(onBun(program))).toEqual(committed()));
