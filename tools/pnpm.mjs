// Runs the pinned pnpm: the installed copy when there is one (so that all works offline), else through npx.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, "node_modules", ".bin");
const windows = process.platform === "win32";

/** The environment of every child: the workspace's own programs come first, and turbo sends no telemetry. */
export const environment = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`,
  TURBO_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
};

/** Runs pnpm with these arguments in the root; returns its exit code. */
export function pnpm(args, options = {}) {
  const installed = join(root, "node_modules", "pnpm", "package.json");
  const wanted = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).packageManager;
  const here =
    existsSync(installed) && `pnpm@${JSON.parse(readFileSync(installed, "utf8")).version}` === wanted;
  const [command, before] = here
    ? [join(bin, windows ? "pnpm.cmd" : "pnpm"), []]
    : ["npx", ["--yes", "--prefer-offline", wanted]];
  const child = spawnSync(command, [...before, ...args], {
    cwd: root,
    stdio: "inherit",
    env: environment,
    shell: windows,
    ...options,
  });
  if (child.error) throw child.error;
  return child.status ?? 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(pnpm(process.argv.slice(2)));
