// Checks Node, and installs the workspace when what is installed is not what the lockfile says. Offline when nothing changed.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pnpm, root } from "./pnpm.mjs";

const least = [20, 19];

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > least[0] || (major === least[0] && minor >= least[1])) return;
  console.error(`basin: this is Node ${process.versions.node}; install Node ${least.join(".")} or newer.`);
  process.exit(1);
}

/** A digest of everything that decides what is installed. */
function wanted() {
  const manifests = ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml"];
  for (const folder of ["packages", "apps", "examples", "bench", "experiments"]) {
    if (!existsSync(join(root, folder))) continue;
    for (const name of readdirSync(join(root, folder))) manifests.push(join(folder, name, "package.json"));
  }
  manifests.push("tools/package.json");
  const hash = createHash("sha256");
  for (const file of manifests.filter((name) => existsSync(join(root, name))).sort())
    hash.update(file).update(readFileSync(join(root, file)));
  return hash.update(process.version).digest("hex");
}

/** Leaves the workspace installed, or ends the process with an error that says what to do. */
export function setup() {
  checkNode();
  const stamp = join(root, "node_modules", ".basin-installed");
  const digest = wanted();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;
  console.log("basin: installing (once; later calls need no network).");
  const code = pnpm(["install", "--frozen-lockfile", "--prefer-offline", "--reporter=append-only"], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (code !== 0) {
    console.error(
      `basin: installing failed (exit code ${code}); see the lines above. It needs the npm registry the first time.`,
    );
    process.exit(code);
  }
  writeFileSync(stamp, digest);
}
