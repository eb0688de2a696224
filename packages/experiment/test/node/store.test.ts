// A store keeps every bit, heals what was torn, refuses what it should, and never answers with a stack trace.
import { appendFileSync, chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { UsageError } from "@basin/objective";
import {
  decodeRecord,
  encodeRecord,
  fingerprint,
  parseSpec,
  plan,
  runExperiment,
  type RunRecord,
} from "@basin/experiment";
import { openStore, readStore, runStored } from "@basin/experiment/node";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { SMALL_RUNS, bytesOf, catalog, executor, fresh, small, smallSpec, withinBlocks } from "./support.ts";

const whole = fresh();
let records: readonly RunRecord[] = [];
let bytes: Record<string, string> = {};
beforeAll(async () => {
  records = (await runStored(small, whole, { catalog, executor: executor() })).records;
  bytes = bytesOf(whole);
});
const text = (): string => bytes["runs.ndjson"]!;
/** A folder as a process left it. */
function left(runs: string | Uint8Array, spec = bytes["spec.json"]!): string {
  const folder = fresh();
  mkdirSync(folder);
  writeFileSync(join(folder, "spec.json"), spec);
  writeFileSync(join(folder, "runs.ndjson"), runs);
  return folder;
}

describe("a store", () => {
  test("holds an experiment and nothing else, in the order of the plan", async () => {
    expect(Object.keys(bytes)).toEqual(["runs.ndjson", "spec.json"]);
    expect(readdirSync(whole).sort()).toEqual([
      "environment.json",
      "runs.ndjson",
      "spec.json",
      "timing.ndjson",
    ]);
    expect(records.map(({ run }) => run.index)).toEqual(Array.from({ length: SMALL_RUNS }, (_, i) => i));
    const inMemory = await runExperiment(small, { catalog, executor: executor() });
    expect(fingerprint(readStore(whole, catalog))).toBe(fingerprint(inMemory));
    // those that cannot be made are records with their reasons
    expect(records.filter(({ result }) => /too many coordinates/.test(result.reason))).toHaveLength(9);
  });

  test("gives back every bit, seconds too", () => {
    const read = readStore(whole, catalog);
    expect(read.spec).toEqual(smallSpec);
    expect(read.records).toEqual(records);
    expect(read.records[0]!.result.trace.seconds.at(-1)).toBeGreaterThan(0);
  });

  test("is not run again once it is whole, by code that throws if it were", async () => {
    const never = { run: () => Promise.reject(new Error("it was run again")) };
    const again = await runStored(small, whole, { catalog, executor: never });
    expect(again.records).toEqual(records);
    expect(bytesOf(whole)).toEqual(bytes);
  });

  test("ends with the same bytes from any of its records, in any order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(Array.from({ length: SMALL_RUNS }, (_, i) => i)), async (kept) => {
        const folder = left(kept.map((i) => `${text().split("\n")[i]!}\n`).join(""));
        await runStored(small, folder, { catalog, executor: executor() });
        expect(bytesOf(folder)).toEqual(bytes);
      }),
      { numRuns: 15 },
    );
  });

  test("torn at any byte loses the torn line, and is healed", async () => {
    const all = Buffer.from(text());
    await fc.assert(
      fc.asyncProperty(fc.nat(all.length), async (at) => {
        const folder = left(all.subarray(0, at));
        writeFileSync(join(folder, "timing.ndjson"), '{"index":0,"att');
        const ended = all.subarray(0, at).filter((byte) => byte === 10).length;
        expect(readStore(folder, catalog).records).toHaveLength(ended);
        const store = openStore(folder, smallSpec, { catalog });
        expect(store.known).toHaveLength(ended);
        store.close();
        await runStored(small, folder, { catalog, executor: executor() });
        expect(bytesOf(folder)).toEqual(bytes);
      }),
      { numRuns: 15 },
    );
  });

  test("that was stopped before its first record goes on", async () => {
    for (const files of [[], [".spec.json.part"], ["spec.json"], ["spec.json", ".runs.ndjson.part"]]) {
      const folder = fresh();
      mkdirSync(folder);
      for (const name of files)
        writeFileSync(join(folder, name), name === "spec.json" ? bytes["spec.json"]! : '{"prob');
      await runStored(small, folder, { catalog, executor: executor() });
      expect(bytesOf(folder)).toMatchObject(bytes);
    }
  });

  test("stops when it is told to, and goes on to the same bytes", async () => {
    const folder = fresh();
    const stop = new AbortController();
    const part = await runStored(small, folder, {
      catalog,
      executor: executor(),
      signal: stop.signal,
      onRecord: ({ run }) => {
        if (run.index === 1) stop.abort();
      },
    });
    expect(part.records.length).toBeGreaterThan(1);
    expect(part.records.length).toBeLessThan(SMALL_RUNS);
    await runStored(small, folder, { catalog, executor: executor() });
    expect(bytesOf(folder)).toEqual(bytes);
  });
});

describe("a record", () => {
  test("has every bit after a line and back", () => {
    const special = [Number.NaN, Infinity, -Infinity, -0, 5e-324, 0.1, 1.7976931348623157e308];
    const [record] = records;
    const { result } = record!;
    const odd: RunRecord = {
      ...record!,
      result: {
        ...result,
        trace: { ...result.trace, points: Float64Array.from(special) },
      },
    };
    const back = decodeRecord(encodeRecord(odd), plan(smallSpec));
    expect(back.result.trace.points).toEqual(Float64Array.from(special));
    for (const each of records) {
      const line = encodeRecord(each);
      expect(encodeRecord(decodeRecord(line, plan(smallSpec)))).toBe(line);
    }
  });

  test("of another run, or changed by a bit, is refused", () => {
    const line = encodeRecord(records[0]!);
    const runs = plan(smallSpec);
    expect(() => decodeRecord(line.replace('"index":0', '"index":9'), runs)).toThrow(/another experiment/);
    expect(() => decodeRecord(line.replace('"index":0', '"index":99'), runs)).toThrow(/another experiment/);
    const { loss } = records[0]!.result.best;
    const changed = line.replace(`"loss":${loss}`, `"loss":${loss * (1 + 2 ** -52)}`);
    expect(changed).not.toBe(line);
    expect(() => decodeRecord(changed, runs)).toThrow(/damaged/);
  });
});

describe("what a store refuses", () => {
  /** Nothing but a UsageError, or an answer. */
  function plainly(work: () => unknown): string {
    try {
      work();
      return "";
    } catch (error) {
      if (error instanceof UsageError) return error.message;
      throw error;
    }
  }

  test("another experiment, other files, a file", () => {
    const budget = { ...smallSpec, budget: 200 };
    expect(plainly(() => openStore(whole, budget, { catalog }))).toMatch(
      /another experiment \(with other budget: \d+ there, \d+ here\)/,
    );
    const thesis = fresh();
    mkdirSync(thesis);
    writeFileSync(join(thesis, "thesis.tex"), "dear");
    expect(plainly(() => openStore(thesis, smallSpec, { catalog }))).toMatch(
      /holds files, but no experiment/,
    );
    expect(plainly(() => openStore(join(thesis, "thesis.tex"), smallSpec, { catalog }))).toMatch(
      /a file, not/,
    );
    expect(plainly(() => readStore(join(thesis, "nowhere"), catalog))).toMatch(/is not there/);
    expect(plainly(() => readStore(thesis, catalog))).toMatch(/it holds no experiment/);
  });

  test("another version's records", () => {
    const folder = left(text());
    writeFileSync(join(folder, "environment.json"), '{"basin":"0.0.1"}');
    expect(plainly(() => openStore(folder, smallSpec, { catalog }))).toMatch(/run by basin 0\.0\.1/);
  });

  test("a folder that may not be written to", () => {
    // to root all folders are open but those of the kernel
    const folder = process.getuid?.() === 0 ? "/sys/basin" : fresh();
    if (folder !== "/sys/basin") {
      mkdirSync(folder);
      chmodSync(folder, 0o500);
    }
    expect(plainly(() => openStore(folder, smallSpec, { catalog }))).toMatch(
      /may not be written to|can only be read/,
    );
  });

  test("an experiment that the disk has no room for", () => {
    const huge = parseSpec({ ...small, replicates: 100_000, budget: 1e12 }, catalog);
    expect(plainly(() => openStore(fresh(), huge, { catalog }))).toMatch(/there is room for \d+ MB, but/);
  });

  test("a line in the middle that is no record, with its number", () => {
    const lines = text().split("\n");
    lines[4] = lines[4]!.slice(0, 30);
    expect(plainly(() => readStore(left(lines.join("\n")), catalog))).toMatch(
      /line 5 of runs\.ndjson: it is no record/,
    );
  });

  test("fuzzed files: never a stack trace", { timeout: 300_000 }, () => {
    const valid = (name: "runs.ndjson" | "spec.json"): fc.Arbitrary<Uint8Array> =>
      fc
        .tuple(fc.nat(bytes[name]!.length - 1), fc.nat(200), fc.uint8Array({ maxLength: 8 }))
        .map(([at, cut, more]) => {
          const all = Buffer.from(bytes[name]!);
          return Buffer.concat([all.subarray(0, at), more, all.subarray(at + cut)]);
        });
    const any = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.json().map((json) => Buffer.from(`${json}\n`)),
      fc.tuple(fc.constantFrom(0, 1, -1, 0.5, "length", "0", null), fc.jsonValue()).map(([index, result]) => {
        const record = { index, problem: "bowl", optimizer: "walk", replicate: index, result };
        return Buffer.from(`${JSON.stringify(record)}\n`);
      }),
    );
    fc.assert(
      fc.property(fc.oneof(valid("runs.ndjson"), any), fc.boolean(), (runs, asTiming) => {
        const folder = left(asTiming ? text() : runs);
        if (asTiming) writeFileSync(join(folder, "timing.ndjson"), runs);
        const refused = plainly(() => readStore(folder, catalog));
        expect(asTiming ? refused : "").toBe("");
        plainly(() => openStore(folder, smallSpec, { catalog }).close());
      }),
      { numRuns: process.env["BASIN_LONG"] === undefined ? 60 : 500 },
    );
    fc.assert(
      fc.property(fc.oneof(valid("spec.json"), any), (spec) => {
        const folder = left(text());
        writeFileSync(join(folder, "spec.json"), spec);
        plainly(() => readStore(folder, catalog));
        plainly(() => openStore(folder, smallSpec, { catalog, force: true }).close());
      }),
      { numRuns: process.env["BASIN_LONG"] === undefined ? 60 : 500 },
    );
  });
});

describe("a disk that fills up", () => {
  test("is told in plain words; no record is torn, and once there is room it goes on to the same bytes", async () => {
    // all 27 records take some 60 kB: a limit on the size of files stands for a full disk
    expect(text().length).toBeGreaterThan(40_000);
    const folder = fresh();
    const { code, err } = withinBlocks(20, folder, small);
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/as large as it may be here.*what has ended is kept/),
    ]);
    const kept = readFileSync(join(folder, "runs.ndjson"), "utf8");
    expect(kept.endsWith("\n")).toBe(true);
    expect(kept.length).toBeGreaterThan(10_000);
    await runStored(small, folder, { catalog, executor: executor() });
    expect(bytesOf(folder)).toEqual(bytes);
  });

  test("once full it stays refused, so that no later record hides the loss", () => {
    const folder = fresh();
    const store = openStore(folder, smallSpec, { catalog });
    const unwritable = {
      ...records[0]!,
      result: { ...records[0]!.result, reason: 1n },
    } as unknown as RunRecord;
    expect(() => store.add(unwritable)).toThrow(UsageError);
    expect(() => store.add(records[1]!)).toThrow(UsageError);
    store.close();
    expect(readStore(folder, catalog).records).toEqual([]);
  });
});

describe("the lock", () => {
  const locksIn = (folder: string): string[] =>
    readdirSync(folder).filter((name) => name.startsWith(".lock-"));

  test("refuses a second opening, and is given back", () => {
    const folder = fresh();
    const first = openStore(folder, smallSpec, { catalog });
    expect(() => openStore(folder, smallSpec, { catalog })).toThrow(
      new RegExp(`process ${process.pid} on .* is writing to it`),
    );
    // reading is free
    expect(readStore(folder, catalog).records).toEqual([]);
    first.close();
    first.close();
    openStore(folder, smallSpec, { catalog }).close();
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("of a dead process, or of an earlier one with a number in use again, is taken over", () => {
    const folder = fresh();
    const host = encodeURIComponent(hostname());
    openStore(folder, smallSpec, { catalog }).close();
    // numbers of processes end at 2^22 on Linux
    for (const name of [`.lock-99999999-0-${host}`, `.claim-99999999-5-${host}`, `.lock-1-1-${host}`])
      writeFileSync(join(folder, name), "");
    // process 1 began in the first tick of nothing: it is another one
    const store = openStore(folder, smallSpec, { catalog });
    expect(locksIn(folder)).toHaveLength(1);
    store.close();
  });

  test("of another machine is believed, and says what to remove", () => {
    const folder = fresh();
    openStore(folder, smallSpec, { catalog }).close();
    writeFileSync(join(folder, ".lock-1-1-some%20other%20host"), "");
    expect(() => openStore(folder, smallSpec, { catalog })).toThrow(
      /process 1 on some other host is writing to it; .* remove .*\.lock-1-1-some%20other%20host/,
    );
  });

  test("a claim that lasts and is lesser wins", () => {
    const folder = fresh();
    openStore(folder, smallSpec, { catalog }).close();
    appendFileSync(join(folder, ".claim-0-0-elsewhere"), "");
    expect(() => openStore(folder, smallSpec, { catalog })).toThrow(/process 0 on elsewhere/);
  });
});
