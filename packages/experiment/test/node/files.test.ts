// When an appended line is on the disk: at once where lines are rare, and together where they are many.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { openAppender } from "../../src/node/files.ts";

const folder = mkdtempSync(join(tmpdir(), "basin-append-"));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function appender(name: string) {
  const path = join(folder, name);
  // what is on the disk after each sync
  const events: string[] = [];
  const waiting: ((error: Error | null) => void)[] = [];
  const failures: Error[] = [];
  const lines = (): number => readFileSync(path, "utf8").split("\n").length - 1;
  const file = openAppender(path, (error) => failures.push(error), {
    sync: () => void events.push(`sync ${lines()}`),
    syncBeside(_, done) {
      events.push(`beside ${lines()}`);
      waiting.push(done);
    },
  });
  const add = (): void => {
    file.append("line\n");
    file.flush();
  };
  return { file, add, events, waiting, failures };
}

test("lines that come one at a time are on the disk before `flush` returns", () => {
  const { file, add, events } = appender("slow");
  for (let i = 1; i <= 3; i++) {
    add();
    expect(events).toHaveLength(i);
    vi.advanceTimersByTime(60);
  }
  expect(events).toEqual(["sync 1", "sync 2", "sync 3"]);
  file.close();
});

test("lines that come in a crowd share a sync beside the work, and the last is not forgotten", () => {
  const { file, add, events, waiting } = appender("fast");
  for (let i = 0; i < 10; i++) add();
  expect(events).toEqual(["sync 1"]);
  vi.advanceTimersByTime(60);
  expect(events).toEqual(["sync 1", "beside 10"]);
  // while the disk is busy nobody waits for it
  add();
  vi.advanceTimersByTime(1000);
  expect(events).toHaveLength(2);
  waiting.shift()!(null);
  vi.advanceTimersByTime(60);
  expect(events.at(-1)).toBe("beside 11");
  waiting.shift()!(null);
  vi.advanceTimersByTime(60);
  add();
  expect(events.at(-1)).toBe("sync 12");
  add();
  file.close();
  expect(events.at(-1)).toBe("sync 13");
});

test("what the disk refuses beside the work is told", () => {
  const { file, add, waiting, failures } = appender("full");
  add();
  add();
  vi.advanceTimersByTime(60);
  waiting.shift()!(new Error("no room"));
  expect(failures.map(({ message }) => message)).toEqual(["no room"]);
  file.close();
});
