// Runs the built program as a user would, in folders of its own.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

export const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "basin-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
/** A path that is not there yet. */
export const fresh = (name = "out"): string => join(folder, `${name}-${++made}`);

/** vitest tells its children to read sources; users' programs read what was built. */
export const environment = (extra: Record<string, string> = {}): NodeJS.ProcessEnv => {
  const { NODE_OPTIONS: _, NO_COLOR: __, FORCE_COLOR: ___, ...rest } = process.env;
  return { ...rest, ...extra };
};

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export function basin(args: readonly string[], extra: Record<string, string> = {}, input?: string): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: folder,
    env: environment(extra),
    encoding: "utf8",
    ...(input === undefined ? {} : { input }),
  });
  return { code: status, out: stdout, err: stderr };
}

/** Starts it, and leaves it running. */
export function begin(args: readonly string[]): {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
} {
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env: environment() });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const ended = new Promise<Ended>((resolve) => child.once("close", (code) => resolve({ code, out, err })));
  return { child, ended };
}

/** What an experiment leaves that must be the same bytes everywhere: all but times and environment. */
export function bytesOf(out: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(out)
      .filter((name) => !["timing.ndjson", "environment.json"].includes(name))
      .sort()
      .map((name) => [name, readFileSync(join(out, name), "utf8")]),
  );
}

export function recordsIn(out: string): number {
  try {
    return readFileSync(join(out, "runs.ndjson"), "utf8").split("\n").length - 1;
  } catch {
    return 0;
  }
}

export const later = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await later(5);
}
