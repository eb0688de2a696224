// Processes that are killed at any moment lose the runs in flight at most, and of long runs not even those.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rngOf, rootKey } from "@basin/random";
import type { ExperimentFile } from "@basin/experiment";
import { readStore, runStored } from "@basin/experiment/node";
import { describe, expect, test } from "vitest";
import { begin, bytesOf, catalog, executor, fresh, later, recordsIn, until } from "./support.ts";

const times = process.env["BASIN_LONG"] === undefined ? 6 : 60;
/** Which moments: another list for another seed. */
const luck = rngOf(rootKey("kill"));

describe("kill -9", () => {
  // some twenty milliseconds a run, so that there is always one in flight
  const many: ExperimentFile = {
    problems: [{ name: "bowl", settings: { work: 400 } }, "half-blind"],
    optimizers: ["walk", "slide"],
    replicates: 12,
    budget: 800,
  };

  test(
    `${times} times at any moment: no record is lost, and the end is the same bytes`,
    { timeout: 600_000 },
    async () => {
      const whole = fresh();
      await runStored(many, whole, { catalog, executor: executor() });
      const bytes = bytesOf(whole);
      let [folder, kept, kills] = [fresh(), 0, 0];
      const completed: Record<string, string>[] = [];
      while (kills < times) {
        const { child, ended } = begin(folder, many);
        let over = false;
        void ended.then(() => (over = true));
        // from before the first line of the program to after several runs
        if (luck.uniform() < 0.5) await later(luck.integer(400));
        else await until(() => over || recordsIn(folder) > kept + luck.integer(3));
        child.kill("SIGKILL");
        const { code, err } = await ended;
        expect(err).toBe("");
        if (code === 0) {
          // it was done before it could be killed
          completed.push(bytesOf(folder));
          [folder, kept] = [fresh(), 0];
          continue;
        }
        kills++;
        const now = recordsIn(folder);
        expect(now).toBeGreaterThanOrEqual(kept);
        kept = now;
      }
      const { ended } = begin(folder, many);
      expect(await ended).toMatchObject({ code: 0, err: "" });
      expect(bytesOf(folder)).toEqual(bytes);
      for (const each of completed) expect(each).toEqual(bytes);
    },
  );
});

describe("a long run", () => {
  // about a second of work
  const long: ExperimentFile = {
    problems: [{ name: "bowl", settings: { dimension: 10, work: 200 } }],
    optimizers: ["walk"],
    replicates: 1,
    budget: 40_000,
  };

  test("goes on from where it was, to the same bytes", { timeout: 120_000 }, async () => {
    const whole = fresh();
    await runStored(long, whole, { catalog, executor: executor() });
    const folder = fresh();
    const file = join(folder, "checkpoints", "0.json");
    const begins: number[] = [];
    const saved: number[] = [];
    for (let kills = 0; kills < 3; kills++) {
      const before = existsSync(file) ? readFileSync(file, "utf8") : "";
      const { child, ended } = begin(folder, long, 50);
      // a few checkpoints on
      for (let more = 0, last = before; more < 3; more++) {
        await until(() => existsSync(file) && readFileSync(file, "utf8") !== last);
        last = readFileSync(file, "utf8");
      }
      child.kill("SIGKILL");
      const { out } = await ended;
      begins.push(Number(/run 0 at (\S+)/.exec(out)![1]));
      const { checkpoint } = JSON.parse(readFileSync(file, "utf8").split("\n")[1]!) as {
        checkpoint: { cost: number };
      };
      saved.push(checkpoint.cost);
    }
    // each began where the one before had last been kept, give or take the steps to its first report
    expect(begins[0]).toBeLessThan(saved[0]!);
    expect(begins[1]).toBeGreaterThan(saved[0]!);
    expect(begins[2]).toBeGreaterThan(saved[1]!);
    const { out, code } = await begin(folder, long, 50).ended;
    expect(code).toBe(0);
    expect(Number(/run 0 at (\S+)/.exec(out)![1])).toBeGreaterThan(saved[2]!);
    expect(bytesOf(folder)).toEqual(bytesOf(whole));
    // seconds add up over all processes
    const seconds = readStore(folder, catalog).records[0]!.result.trace.seconds;
    for (let i = 1; i < seconds.length; i++) expect(seconds[i]!).toBeGreaterThanOrEqual(seconds[i - 1]!);
  });

  test("whose checkpoint was changed begins anew, to the same bytes", { timeout: 120_000 }, async () => {
    const [whole, folder] = [fresh(), fresh()];
    const short = { ...long, budget: 8000 };
    await runStored(short, whole, { catalog, executor: executor() });
    const file = join(folder, "checkpoints", "0.json");
    const { child, ended } = begin(folder, short, 5);
    await until(() => existsSync(file));
    child.kill("SIGKILL");
    await ended;
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(/"steps":\d/, '"steps":9'));
    const begins: number[] = [];
    await runStored(short, folder, {
      catalog,
      executor: executor(),
      onProgress: (_, { steps }) => begins.push(steps),
    });
    expect(begins[0]).toBeLessThan(20);
    expect(bytesOf(folder)).toEqual(bytesOf(whole));
    expect(readdirSync(folder)).not.toContain("checkpoints");
  });
});

test("two processes at once: one of them is refused, in plain words", { timeout: 120_000 }, async () => {
  // longer than anybody waits
  const experiment: ExperimentFile = {
    problems: [{ name: "bowl", settings: { work: 3000 } }],
    optimizers: ["walk"],
    replicates: 1,
    budget: 1e7,
  };
  for (let i = 0; i < 3; i++) {
    const folder = fresh();
    const both = [begin(folder, experiment), begin(folder, experiment)];
    const first = await Promise.race(both.map(({ ended }) => ended));
    expect(first).toMatchObject({ code: 2, out: "" });
    expect(first.err).toMatch(/^\S+: process \d+ on .* is writing to it; wait for it to end;[^\n]*\n$/);
    const alive = both.filter(({ child }) => child.exitCode === null);
    expect(alive).toHaveLength(1);
    // it has the folder
    await until(() => readdirSync(folder).includes("timing.ndjson") || alive[0]!.child.exitCode !== null);
    alive[0]!.child.kill("SIGKILL");
    expect(await alive[0]!.ended).toMatchObject({ code: null, err: "" });
  }
});
