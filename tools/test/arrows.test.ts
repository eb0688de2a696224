// Who may import whom: the list of DESIGN against every package.json and every import; no circles; and what nobody may reach for.
import { describe, expect, test } from "vitest";
import { apps, code, examples, files, imports, packageOf, packages, type Workspace } from "./sources.ts";

const optimizers = [
  "gradient-descent",
  "random-search",
  "genetic-algorithm",
  "differential-evolution",
  "evolution-strategies",
  "particle-swarm",
  "direct-search",
  "multistart",
];
const forOptimizers = ["optimizer", "objective", "random", "math", "linear-algebra"];

/** A → what A may import, among the packages and outside. A package that is not listed here may not exist. */
const arrows: Record<string, { readonly basin: readonly string[]; readonly external?: readonly string[] }> = {
  math: { basin: [] },
  "linear-algebra": { basin: ["math"] },
  random: { basin: ["math"], external: ["seedrandom"] },
  autodiff: { basin: ["math"] },
  objective: { basin: ["random", "math"], external: ["zod"] },
  optimizer: { basin: ["objective", "random"], external: ["zod"] },
  ...Object.fromEntries(optimizers.map((name) => [name, { basin: forOptimizers }])),
  datasets: { basin: [] },
  digits: { basin: [] },
  problems: { basin: ["autodiff", "objective", "random", "math", "datasets", "digits"] },
  // objective and optimizer for the types of its entries: without them its declarations cannot be written
  catalog: { basin: [...optimizers, "problems", "objective", "optimizer"] },
  runner: { basin: ["optimizer", "objective", "random", "math"] },
  workers: { basin: ["runner"], external: ["comlink"] },
  experiment: { basin: ["runner", "optimizer", "objective", "random", "math"] },
  charts: {
    basin: ["math"],
    external: ["preact", "preact-render-to-string", "d3-scale", "d3-shape", "d3-array", "d3-contour"],
  },
  report: { basin: ["experiment", "charts"], external: ["preact"] },
};

const short = (workspace: Workspace): string => workspace.manifest.name.replace("@basin/", "");
const sources = (workspace: Workspace): string[] => files(`${workspace.folder}/src`, [".ts", ".tsx"]);

describe.each(packages.map((workspace) => [short(workspace), workspace] as const))(
  "%s",
  (name, workspace) => {
    const allowed = arrows[name];
    const { manifest } = workspace;

    test("its dependencies are among its arrows", () => {
      expect(
        allowed,
        `packages/${name} has no arrows: add it to the list, or fold it into another package`,
      ).toBeDefined();
      const mine = Object.keys({ ...manifest.dependencies });
      const permitted = [...allowed!.basin.map((other) => `@basin/${other}`), ...(allowed!.external ?? [])];
      expect(mine.filter((dependency) => !permitted.includes(dependency))).toEqual([]);
      // One copy of zod: whoever depends on a package with this peer passes the peer on.
      expect(Object.keys({ ...manifest.peerDependencies }).filter((peer) => peer !== "zod")).toEqual([]);
    });

    test("its sources import only what it declares", () => {
      const declared = [
        ...Object.keys({ ...manifest.dependencies }),
        ...(allowed?.external?.includes("zod") ? ["zod"] : []),
      ];
      const wrong = sources(workspace).flatMap((file) =>
        imports(file)
          .external.filter(
            (specifier) => !specifier.startsWith("node:") && !declared.includes(packageOf(specifier)),
          )
          .map((specifier) => `${file} imports ${specifier}`),
      );
      expect(wrong).toEqual([]);
    });

    test("what it declares is used", () => {
      const used = new Set(sources(workspace).flatMap((file) => imports(file).external.map(packageOf)));
      expect(Object.keys({ ...manifest.dependencies }).filter((dependency) => !used.has(dependency))).toEqual(
        [],
      );
    });

    test("node: modules stand only in files that are for Node", () => {
      const wrong = sources(workspace).filter(
        (file) =>
          !/\/node[./-]|\/node\//.test(file) &&
          imports(file).external.some((specifier) => specifier.startsWith("node:")),
      );
      expect(wrong).toEqual([]);
    });

    test("its manifest has what every package here has", () => {
      expect(manifest.type).toBe("module");
      expect(manifest.engines?.["node"]).toBe(">=20.19");
      expect(manifest.sideEffects === false || Array.isArray(manifest.sideEffects)).toBe(true);
      for (const [path, conditions] of Object.entries(manifest.exports ?? {})) {
        if (path === "./package.json") continue;
        expect(Object.keys(conditions), `${name} ${path}`).toEqual(["@basin/source", "types", "default"]);
      }
      expect(manifest.exports?.["."]).toBeDefined();
    });

    test("index.ts only re-exports", () => {
      const statements = code(`${workspace.folder}/src/index.ts`)
        .split("\n")
        .filter(
          (line) =>
            /\b(const|let|var|function|class|interface)\b/.test(line) &&
            !/^\s*export\s+(type\s+)?\{/.test(line),
        );
      expect(statements).toEqual([]);
    });
  },
);

test("no import circles, type-only imports included", () => {
  const all = [...packages, ...apps, ...examples].flatMap(sources);
  const next = new Map(all.map((file) => [file, imports(file).local]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) return void circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
    if (done.has(file)) return;
    for (const other of next.get(file) ?? []) visit(other, [...path, file]);
    done.add(file);
  };
  for (const file of all) visit(file, []);
  expect(circles).toEqual([]);
});

/** Lines of code (comments and strings apart) that match. */
function lines(where: readonly Workspace[], pattern: RegExp): string[] {
  return where.flatMap(sources).flatMap((file) =>
    code(file)
      .split("\n")
      .flatMap((line, i) => (pattern.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : [])),
  );
}

const everywhere = [...packages, ...apps, ...examples];
const transcendental =
  "exp|expm1|log|log1p|log2|log10|sin|cos|tan|sinh|cosh|tanh|asin|acos|atan|atan2|asinh|acosh|atanh|pow|cbrt|hypot";

test("nobody reaches for Math.random", () =>
  expect(lines(everywhere, /\bMath\s*\.\s*random\b|\brandomUUID\b|getRandomValues/)).toEqual([]));

test("transcendental functions come from @basin/math, and nobody else writes **", () => {
  const where = everywhere.filter(({ manifest }) => manifest.name !== "@basin/math");
  expect(lines(where, new RegExp(String.raw`\bMath\s*\.\s*(${transcendental})\b|\*\*`))).toEqual([]);
});

test("@basin/math itself uses only + − × ÷ √ and integers", () => {
  const math = packages.filter(({ manifest }) => manifest.name === "@basin/math");
  expect(lines(math, new RegExp(String.raw`\bMath\s*\.\s*(${transcendental})\b|\*\*`))).toEqual([]);
});

test("only the apps have a clock", () =>
  expect(
    lines(
      [...packages, ...examples],
      /\bDate\s*\.\s*now\b|\bnew\s+Date\b|\bperformance\s*\.\s*now\b|\bhrtime\b/,
    ),
  ).toEqual([]));

test("nobody evaluates text as code", () =>
  expect(lines(everywhere, /\beval\s*\(|\bnew\s+Function\b/)).toEqual([]));
