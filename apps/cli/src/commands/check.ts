// basin check: holds whatever optimizers and problems a module exports to the laws of the contract.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError, type AnyProblem, type Law } from "@basin/objective";
import { problemLaws } from "@basin/objective/laws";
import type { AnyOptimizer } from "@basin/optimizer";
import { optimizerLaws } from "@basin/optimizer/laws";
import { catalog } from "@basin/catalog";
import { Exit } from "../errors.ts";
import { counted } from "../terminal/words.ts";

export interface CheckOptions {
  readonly json?: boolean;
}

interface Subject {
  readonly kind: "optimizer" | "problem";
  readonly name: string;
  readonly laws: readonly Law[];
}

export async function check(module: string, { json = false }: CheckOptions): Promise<void> {
  const subjects = await subjectsOf(module);
  let broken = 0;
  for (const { kind, name, laws } of subjects) {
    let mine = 0;
    for (const law of laws) {
      const fault = await faultOf(law);
      if (json)
        console.log(
          JSON.stringify({
            kind,
            name,
            law: law.name,
            ok: fault === undefined,
            ...(fault === undefined ? {} : { fault }),
          }),
        );
      if (fault === undefined) continue;
      mine++;
      if (!json)
        console.log(`✗ ${kind} ${name} breaks the law: ${law.name}\n    ${fault.split("\n").join("\n    ")}`);
    }
    if (mine === 0 && !json) console.log(`✓ ${kind} ${name}: ${counted(laws.length, "law")} hold`);
    broken += mine;
  }
  if (broken > 0) {
    if (!json) console.error(`basin: ${counted(broken, "law")} broken.`);
    throw new Exit(1);
  }
}

async function faultOf(law: Law): Promise<string | undefined> {
  try {
    await law.check();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function subjectsOf(module: string): Promise<Subject[]> {
  const named = { ...own(catalog.optimizers, module), ...own(catalog.problems, module) };
  const exported = Object.keys(named).length > 0 ? named : await exportsOf(module);
  const found = new Map<string, Subject>();
  for (const value of valuesIn(exported, 2)) {
    const subject = subjectOf(value);
    if (subject !== undefined) found.set(`${subject.kind} ${subject.name}`, subject);
  }
  if (found.size === 0)
    throw new UsageError(
      module,
      "it exports no optimizer and no problem",
      "export what defineOptimizer returns, or an object with name, settings and create",
    );
  return [...found.values()];
}

function own(table: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  return Object.hasOwn(table, name) ? { [name]: table[name] } : {};
}

/** What is exported, and what lists and tables among it hold. */
function* valuesIn(exported: unknown, depth: number): Iterable<unknown> {
  if (typeof exported !== "object" || exported === null) return;
  if (subjectOf(exported) !== undefined) return yield exported;
  if (depth > 0) for (const value of Object.values(exported)) yield* valuesIn(value, depth - 1);
}

function subjectOf(value: unknown): Subject | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const it = value as Partial<Record<string, unknown>>;
  if (typeof it["name"] !== "string" || typeof it["create"] !== "function") return undefined;
  if (typeof it["hyperparameters"] === "object" && Array.isArray(it["needs"]))
    return { kind: "optimizer", name: it["name"], laws: optimizerLaws(value as AnyOptimizer) };
  if (typeof it["settings"] === "object")
    return { kind: "problem", name: it["name"], laws: problemLaws(value as AnyProblem) };
  return undefined;
}

/** A file relative to here, or a package installed here. */
async function exportsOf(module: string): Promise<unknown> {
  const isPath =
    /^\.{0,2}[/\\]/.test(module) || /^[A-Za-z]:[/\\]/.test(module) || existsSync(resolve(module));
  if (/\.[cm]?tsx?$/.test(module))
    throw new UsageError(
      module,
      "it is TypeScript, which this Node does not run",
      "compile it, and check the .js file",
    );
  if (isPath && !existsSync(resolve(module)))
    throw new UsageError(module, "there is no such file", "check the path");
  try {
    if (isPath) return await import(pathToFileURL(resolve(module)).href);
    return await import(located(module));
  } catch (error) {
    throw new UsageError(
      module,
      `it cannot be imported: ${error instanceof Error ? error.message.split("\n")[0]! : String(error)}`,
      "check that it is installed here and runs by itself",
    );
  }
}

/** Where the package is as seen from the current folder; packages for import only are left to Node. */
function located(module: string): string {
  try {
    return pathToFileURL(createRequire(join(process.cwd(), "noop.js")).resolve(module)).href;
  } catch {
    return module;
  }
}
