// Folders of a test's own, and what is in them.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inProcess, parseSpec, type ExperimentFile, type Executor } from "@basin/experiment";
import { afterAll } from "vitest";
import { catalog } from "./fixtures/catalog.mjs";

export { catalog };

const root = mkdtempSync(join(tmpdir(), "basin-store-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let made = 0;
/** A path that is not there yet. */
export const fresh = (): string => join(root, `out-${++made}`);

export const executor = (keep?: number): Executor => inProcess(catalog, () => performance.now(), keep);

export const small: ExperimentFile = {
  problems: ["bowl", "half-blind", { name: "half-blind", settings: { dimension: 5 } }],
  optimizers: ["walk", "slide", { name: "slide", settings: { rate: 1.5 } }],
  replicates: 3,
  budget: 100,
};
export const smallSpec = parseSpec(small, catalog);
/** 3 problems × 3 optimizers × 3 seeds. */
export const SMALL_RUNS = 27;

/** What must be the same bytes wherever an experiment ran and however often it was stopped. */
export function bytesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .filter((name) => !["timing.ndjson", "environment.json"].includes(name))
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}

const program = fileURLToPath(new URL("fixtures/run-stored.mjs", import.meta.url));
const argumentsOf = (folder: string, experiment: ExperimentFile, keep: number): string[] => [
  program,
  folder,
  JSON.stringify(experiment),
  String(keep),
];
/** vitest tells its children to read sources; these processes read what was built. */
const environment = (): NodeJS.ProcessEnv => ({ ...process.env, NODE_OPTIONS: "" });

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The experiment in a process of its own. */
export function begin(
  folder: string,
  experiment: ExperimentFile,
  keep = 60_000,
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, argumentsOf(folder, experiment, keep), { env: environment() });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const ended = new Promise<Ended>((resolve) => child.once("close", (code) => resolve({ code, out, err })));
  return { child, ended };
}

/** The same to its end, where no file may be longer than so many blocks of 1024 bytes. */
export function withinBlocks(blocks: number, folder: string, experiment: ExperimentFile): Ended {
  const { status, stdout, stderr } = spawnSync(
    "bash",
    [
      "-c",
      `ulimit -f ${blocks}; exec "$0" "$@"`,
      process.execPath,
      ...argumentsOf(folder, experiment, 60_000),
    ],
    { env: environment(), encoding: "utf8" },
  );
  return { code: status, out: stdout, err: stderr };
}

export function recordsIn(folder: string): number {
  try {
    return readFileSync(join(folder, "runs.ndjson"), "utf8").split("\n").length - 1;
  } catch {
    return 0;
  }
}

export const later = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await later(2);
}
