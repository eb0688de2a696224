// The workspace as these tests see it: its packages, their source files, and source text without comments and strings.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly type?: string;
  readonly exports?: Record<string, Record<string, string>>;
  readonly sideEffects?: boolean | string[];
  readonly engines?: Record<string, string>;
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

export interface Workspace {
  /** Relative to the root: "packages/math". */
  readonly folder: string;
  readonly manifest: Manifest;
}

function inside(parent: string): Workspace[] {
  const folder = join(root, parent);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, "package.json")))
    .map((name) => ({
      folder: `${parent}/${name}`,
      manifest: JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8")) as Manifest,
    }));
}

export const packages: readonly Workspace[] = inside("packages");
export const apps: readonly Workspace[] = inside("apps");
export const examples: readonly Workspace[] = inside("examples");

/** Files below a folder that end in one of these, relative to the root. */
export function files(folder: string, endings: readonly string[]): string[] {
  const found: string[] = [];
  const walk = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      if (["node_modules", "dist", ".turbo"].includes(entry.name)) continue;
      const path = join(at, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (endings.some((ending) => entry.name.endsWith(ending))) found.push(relative(root, path));
    }
  };
  if (existsSync(join(root, folder))) walk(join(root, folder));
  return found.sort();
}

/** Source text with comments and the contents of strings blanked out; line numbers stay. */
export function code(file: string): string {
  const text = readFileSync(join(root, file), "utf8");
  const pattern = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;
  return text.replaceAll(pattern, (match) => match.replaceAll(/[^\n]/g, " "));
}

/** What a source file imports, type-only imports included: relative ones as files below the root, others by specifier. */
export function imports(file: string): {
  readonly local: readonly string[];
  readonly external: readonly string[];
} {
  const text = readFileSync(join(root, file), "utf8").replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/[^\n]*/gm, "");
  const local: string[] = [];
  const external: string[] = [];
  for (const match of text.matchAll(
    /(?:^|[\n;}])\s*(?:import|export)\s(?:[^"';]*?\sfrom\s*)?["']([^"'\n]+)["']|import\(\s*["']([^"'\n]+)["']\s*\)/g,
  )) {
    const specifier = (match[1] ?? match[2])!;
    if (specifier.startsWith(".")) local.push(relative(root, resolve(root, dirname(file), specifier)));
    else external.push(specifier);
  }
  return { local, external };
}

/** "@basin/optimizer/laws" → "@basin/optimizer"; "d3-scale" → "d3-scale". */
export function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
