// The whole folder of a small experiment, byte for byte: whatever changes any file of it shows here.
// Where a change means to: BASIN_UPDATE=1 vitest run test/golden.test.ts, and say why in the commit.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { basin, fresh } from "./basin.ts";

const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
/** Seconds, and what the machine is: these differ, and nothing else may. */
const apart = ["timing.ndjson", "environment.json"];

/** Paths of all files below a folder, sorted. */
function filesIn(folder: string): string[] {
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => statSync(join(folder, name)).isFile() && !apart.includes(name))
    .map((name) => name.replaceAll("\\", "/"))
    .sort();
}

const hashesOf = (folder: string, below: string): [string, string][] =>
  filesIn(folder).map((name) => [
    `${below}/${name}`,
    createHash("sha256")
      .update(readFileSync(join(folder, name)))
      .digest("hex"),
  ]);

test("every file of the golden experiment has its hash: records, tables, pictures, page, logs", () => {
  // the page names the folder
  const [out, logs] = [join(fresh(), "golden"), fresh("logs")];
  // a rate diverges, and no run fails
  expect(basin(["run", fixture("golden.jsonc"), "-o", out, "--workers", "2"])).toMatchObject({
    code: 0,
    err: "",
  });
  // the page names its machine: here always the same one
  writeFileSync(join(out, "environment.json"), `{ "basin": "golden", "node": "any" }\n`);
  expect(basin(["report", out]).code).toBe(0);
  expect(basin(["export", out, "--format", "ioh", "-o", logs]).code).toBe(0);
  const hashes = Object.fromEntries([...hashesOf(out, "out"), ...hashesOf(logs, "logs")]);
  for (const name of ["spec.json", "runs.ndjson", "summary.csv", "curves.csv", "runs.csv", "report.html"])
    expect(Object.keys(hashes)).toContain(`out/${name}`);
  expect(
    Object.keys(hashes).filter((name) => name.startsWith("out/figures/sensitivity-")).length,
  ).toBeGreaterThan(0);
  if (process.env["BASIN_UPDATE"] !== undefined)
    writeFileSync(fixture("golden.json"), `${JSON.stringify(hashes, null, 2)}\n`);
  expect(hashes).toEqual(JSON.parse(readFileSync(fixture("golden.json"), "utf8")));
});
