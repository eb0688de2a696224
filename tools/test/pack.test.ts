// Each package, packed and installed alone in an empty project, imports, runs and has types: what a user of the package gets.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packages, root, type Workspace } from "./sources.ts";

const work = mkdtempSync(join(tmpdir(), "basin-pack-"));
const tarballs = join(work, "tarballs");
const fileOf = new Map<string, string>();

function run(command: string, args: readonly string[], cwd: string): string {
  const child = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, CI: "1" },
    shell: process.platform === "win32",
  });
  if (child.status !== 0)
    throw new Error(
      `${command} ${args.join(" ")} in ${cwd} ended with ${child.status}:\n${child.stdout}\n${child.stderr}`,
    );
  return child.stdout;
}

beforeAll(() => {
  mkdirSync(tarballs);
  for (const { folder, manifest } of packages) {
    run("pnpm", ["pack", "--pack-destination", tarballs], join(root, folder));
    const stem = manifest.name.replace("@", "").replace("/", "-");
    const file = readdirSync(tarballs).find(
      (name) => name.startsWith(`${stem}-0`) || name.startsWith(`${stem}-1`),
    );
    fileOf.set(manifest.name, join(tarballs, file!));
  }
}, 120_000);

afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Imports every entry point, as a program and as types. */
function program({ manifest }: Workspace): string {
  const entries = Object.keys(manifest.exports ?? {}).filter((path) => path !== "./package.json");
  // Entries for a page need its globals and are only type-checked.
  const lines = entries.map((path, i) => `import * as m${i} from "${manifest.name}${path.slice(1)}";`);
  return `${lines.join("\n")}\nconst names: string[] = [${entries.map((_, i) => `...Object.keys(m${i})`).join(", ")}];\nif (names.length === 0) throw new Error("${manifest.name} exports nothing");\nconsole.log(names.length);\n`;
}

describe.each(packages.map((workspace) => [workspace.manifest.name, workspace] as const))(
  "%s",
  (name, workspace) => {
    test("installs alone, imports, runs and type-checks", { timeout: 120_000 }, () => {
      const project = join(work, name.replace("/", "-"));
      mkdirSync(project);
      const peers = Object.fromEntries(
        Object.entries({ ...workspace.manifest.peerDependencies }).map(([peer]) => [peer, "^4.6.0"]),
      );
      writeFileSync(
        join(project, "package.json"),
        JSON.stringify({
          name: "alone",
          private: true,
          type: "module",
          dependencies: { [name]: `file:${fileOf.get(name)!}`, ...peers },
        }),
      );
      const overrides = [...fileOf]
        .map(([dependency, file]) => `  "${dependency}": "file:${file}"`)
        .join("\n");
      writeFileSync(join(project, "pnpm-workspace.yaml"), `packages: []\noverrides:\n${overrides}\n`);
      run("pnpm", ["install", "--prefer-offline", "--ignore-scripts"], project);
      writeFileSync(join(project, "main.ts"), program(workspace));
      writeFileSync(
        join(project, "tsconfig.json"),
        JSON.stringify({
          compilerOptions: {
            target: "ES2022",
            lib: ["ES2023", "DOM"],
            types: [],
            module: "NodeNext",
            moduleResolution: "NodeNext",
            strict: true,
            exactOptionalPropertyTypes: true,
            skipLibCheck: false,
            outDir: "out",
          },
          include: ["main.ts"],
        }),
      );
      run("tsc", ["-p", "tsconfig.json"], project);
      expect(Number(run("node", ["out/main.js"], project).trim())).toBeGreaterThan(0);
    });
  },
);
