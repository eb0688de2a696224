// Code in READMEs and docs is extracted, type-checked and run; what an example says it prints is what it prints.
//
// A block ```ts is a module of its own; ```ts continued goes on with the block before it. A line such as
// `console.log(x); // → 3` (or `// → …` on the line below) states its output.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "node:util";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { apps, examples, files, packages, root } from "./sources.ts";

const pages = [
  "README.md",
  ...files("docs", [".md"]),
  ...[...packages, ...apps, ...examples].map(({ folder }) => `${folder}/README.md`),
];

interface Example {
  readonly title: string;
  readonly file: string;
  readonly text: string;
}

const folder = join(root, "tools", ".examples");

function blocks(page: string): Example[] {
  const found: { line: number; text: string }[] = [];
  const text = readFileSync(join(root, page), "utf8");
  for (const match of text.matchAll(/^```ts( continued)?\n([\s\S]*?)^```$/gm)) {
    const line = text.slice(0, match.index).split("\n").length;
    const last = found.at(-1);
    if (match[1] !== undefined && last !== undefined) last.text += match[2]!;
    else found.push({ line, text: match[2]! });
  }
  return found.map(({ line, text: body }) => ({
    title: `${page}:${line}`,
    file: join(folder, `${page.replaceAll(/[/.]/g, "-")}-${line}.ts`),
    text: `${body}\nexport {};\n`,
  }));
}

const present = pages.filter((page) => existsSync(join(root, page)));
const all = present.flatMap(blocks);

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { file, text } of all) writeFileSync(file, text);
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: "../../tsconfig.base.json",
      compilerOptions: {
        noEmit: true,
        lib: ["ES2023", "DOM"],
        types: ["node"],
        noUnusedLocals: false,
      },
      include: ["*.ts"],
    }),
  );
});

test("every package and app has a README with an example that runs", () => {
  const without = packages
    .map(({ folder: at }) => `${at}/README.md`)
    .filter((page) => !existsSync(join(root, page)) || blocks(page).length === 0);
  expect(without).toEqual([]);
});

test("the examples type-check as a user would write them", () => {
  const { stdout } = spawnSync("tsc", ["-p", folder], {
    encoding: "utf8",
    cwd: root,
    shell: process.platform === "win32",
  });
  expect(stdout).toBe("");
});

describe.each(all.map((example) => [example.title, example] as const))("%s", (_, { file, text }) => {
  test("runs and prints what it says", async () => {
    const printed: string[] = [];
    const spy = vi
      .spyOn(console, "log")
      .mockImplementation((...values: unknown[]) => void printed.push(format(...values)));
    try {
      await import(/* @vite-ignore */ file);
    } finally {
      spy.mockRestore();
    }
    const said = [...text.matchAll(/\/\/ → (.*)$/gm)].map((match) => match[1]!.trim());
    // An example that states no output has shown enough by running.
    expect(said.length > 0 ? printed.map((line) => line.trim()) : []).toEqual(said);
  });
});
