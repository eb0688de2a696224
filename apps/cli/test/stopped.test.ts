// basin run that is stopped: by Ctrl-C, by kill -9, by another process. Nothing that has ended is lost, and the end is the same bytes.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rngOf, rootKey } from "@basin/experiment/statistics";
import { basin, begin, bytesOf, fresh, later, recordsIn, until, type Ended } from "./basin.ts";

describe("an experiment that was stopped", () => {
  // large enough to be caught in the middle
  const large = [
    "run",
    "rosenbrock",
    "--optimizers",
    "random-search,cma-es",
    "--seeds",
    "12",
    "--budget",
    "10000",
  ];
  const whole = fresh();
  const reference = basin([...large, "-o", whole]);

  test("by Ctrl-C ends in order with 130, keeps what has ended, and goes on to the same bytes", async () => {
    const out = fresh();
    const { child, ended } = begin([...large, "-o", out]);
    await until(() => recordsIn(out) >= 3);
    child.kill("SIGINT");
    const { code, err } = await ended;
    expect(code).toBe(130);
    expect(err).toMatch(
      /^Stopped: \d+ of 24 runs had ended and are kept(, and \d go(es)? on in the middle)?\. The same command goes on from here:\n {2}basin run rosenbrock /m,
    );
    expect(err).not.toMatch(/^\s+at /m);
    const kept = recordsIn(out);
    expect(kept).toBeGreaterThanOrEqual(3);
    expect(kept).toBeLessThan(24);
    const rest = basin([...large, "-o", out]);
    expect(rest.err).toContain(`${kept} of 24 runs are there already.`);
    expect(bytesOf(out)).toEqual(bytesOf(whole));
    expect(rest.out.replaceAll(out, whole)).toBe(reference.out);
  });

  test(
    "by Ctrl-C keeps what is under way too, and goes on in the middle of it",
    { timeout: 300_000 },
    async () => {
      // two runs of a second or two
      const long = [
        "run",
        "rastrigin",
        "--optimizers",
        "genetic-algorithm",
        "--seeds",
        "2",
        "--budget",
        "1e6",
        "--workers",
        "2",
      ];
      const [uninterrupted, out] = [fresh(), fresh()];
      expect(basin([...long, "-o", uninterrupted]).code).toBe(0);
      const files = (): string[] => {
        const folder = join(out, "checkpoints");
        return existsSync(folder) ? readdirSync(folder).sort() : [];
      };
      const costs = (): number[] =>
        files().map((name) => {
          const [, text = ""] = readFileSync(join(out, "checkpoints", name), "utf8").split("\n");
          return (JSON.parse(text) as { checkpoint: { cost: number } }).checkpoint.cost;
        });
      const stop = async (milliseconds: number): Promise<Ended> => {
        const { child, ended } = begin([...long, "-o", out, "--json"]);
        // it says when it begins
        await new Promise((resolve) => child.stdout!.once("data", resolve));
        await later(milliseconds);
        child.kill("SIGINT");
        return ended;
      };
      // as long as it takes this machine to begin both, twice
      let last: Ended | undefined;
      for (let wait = 300; files().length < 2; wait += 150) await stop(wait);
      const total = (): number => costs().reduce((sum, cost) => sum + cost, 0);
      // no minute has passed: what is kept is of the moment of the stop, and goes on from the one before
      for (let wait = 300, before = total(); total() <= before; wait += 150) last = await stop(wait);
      expect([last!.code, last!.err]).toEqual([
        130,
        expect.stringMatching(/^Stopped: 0 of 2 runs had ended and are kept, and 2 go on in the middle\./m),
      ]);
      expect(basin([...long, "-o", out]).code).toBe(0);
      expect(bytesOf(out)).toEqual(bytesOf(uninterrupted));
      expect(files()).toEqual([]);
    },
  );

  test("by a second Ctrl-C ends at once, and goes on to the same bytes", async () => {
    const out = fresh();
    const { child, ended } = begin([...large, "-o", out]);
    await until(() => recordsIn(out) >= 2);
    child.kill("SIGINT");
    child.kill("SIGINT");
    const { code, err } = await ended;
    expect(code).toBe(130);
    expect(err).not.toMatch(/^\s+at /m);
    expect(basin([...large, "-o", out]).code).toBe(0);
    expect(bytesOf(out)).toEqual(bytesOf(whole));
  });

  const times = process.env["BASIN_LONG"] === undefined ? 6 : 60;
  test(
    `by kill -9, ${times} times at any moment, loses only the runs in flight`,
    { timeout: 600_000 },
    async () => {
      // another list of moments for another seed
      const luck = rngOf(rootKey("kill the terminal"));
      // some 15 ms a run
      const small = [
        "run",
        "rosenbrock:dimension=5,sphere",
        "--optimizers",
        "cma-es,random-search",
        "--seeds",
        "12",
        "--budget",
        "4000",
      ];
      const uninterrupted = fresh();
      expect(basin([...small, "-o", uninterrupted]).code).toBe(0);
      const bytes = bytesOf(uninterrupted);
      let [out, kept, kills] = [fresh(), 0, 0];
      const completed: string[] = [];
      while (kills < times) {
        const { child, ended } = begin([...small, "--workers", String(1 + luck.integer(3)), "-o", out]);
        let over = false;
        void ended.then(() => (over = true));
        // from before the first line of the program to after several runs, or while the end is written
        const moment = luck.uniform();
        if (moment < 0.4) await later(luck.integer(700));
        else if (moment < 0.9) await until(() => over || recordsIn(out) > kept + luck.integer(5));
        else await until(() => over || recordsIn(out) === 48 || existsSync(join(out, "summary.csv")));
        child.kill("SIGKILL");
        const { code } = await ended;
        const now = recordsIn(out);
        expect(now).toBeGreaterThanOrEqual(kept);
        kept = now;
        if (code !== 0) kills++;
        if (code === 0 || kept === 48) {
          // done, or all but
          completed.push(out);
          [out, kept] = [fresh(), 0];
        } else if (luck.uniform() < 0.2 && kept > 0) {
          // a last line that was torn
          writeFileSync(join(out, "runs.ndjson"), '{"index":39,"probl', { flag: "a" });
        }
      }
      for (const folder of [...completed, out]) {
        expect(basin([...small, "-o", folder]).code).toBe(0);
        expect(bytesOf(folder)).toEqual(bytes);
      }
    },
  );

  test("two processes do not write to one folder", async () => {
    const out = fresh();
    const first = begin([...large, "-o", out]);
    await until(() => recordsIn(out) >= 1);
    // held in the middle, so that it cannot end meanwhile
    first.child.kill("SIGSTOP");
    const second = basin([...large, "-o", out]);
    expect([second.code, second.out]).toEqual([2, ""]);
    expect(second.err).toMatch(/process \d+ on .* is writing to it/);
    first.child.kill("SIGKILL");
    await first.ended;
    expect(basin([...large, "-o", out]).code).toBe(0);
    expect(bytesOf(out)).toEqual(bytesOf(whole));
  });
});
