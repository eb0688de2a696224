// How far an experiment is, in one line that is written over: on a terminal only.
import type { WriteStream } from "node:tty";
import { counted } from "./words.ts";
import { cut } from "./style.ts";

export interface Progress {
  /** Share of a run's budget that is spent. */
  moved(index: number, share: number): void;
  ended(index: number, failed: boolean): void;
  /** Takes the line away. */
  clear(): void;
}

const LEAST = 100;

export function progressOn(stream: WriteStream, total: number, known: number, clock: () => number): Progress {
  if (stream.isTTY !== true) return { moved() {}, ended() {}, clear() {} };
  const shares = new Map<number, number>();
  const began = clock();
  let [done, failures, drawn] = [0, 0, -Infinity];
  const draw = (): void => {
    const now = clock();
    if (now - drawn < LEAST) return;
    drawn = now;
    const seconds = (now - began) / 1000;
    const spent = done + [...shares.values()].reduce((sum, share) => sum + share, 0);
    const left = spent > 0.5 && seconds > 0.5 ? (seconds * (total - known - spent)) / spent : undefined;
    const parts = [
      `${known + done}/${total} runs`,
      done > 0 ? `${(done / seconds).toPrecision(2)} a second` : "",
      left === undefined ? "" : `${inTime(left)} left`,
      failures > 0 ? `${failures} failed` : "",
    ].filter((part) => part !== "");
    const share = (known + spent) / total;
    const width = 20;
    const filled = Math.floor(share * width);
    stream.write(
      `\r\u001B[K${cut(`${"█".repeat(filled)}${"░".repeat(width - filled)} ${parts.join(" · ")}`, (stream.columns > 0 ? stream.columns : 80) - 1)}`,
    );
  };
  return {
    moved(index, share) {
      shares.set(index, Math.min(1, share));
      draw();
    },
    ended(index, failed) {
      shares.delete(index);
      done++;
      if (failed) failures++;
      draw();
    },
    clear: () => void stream.write("\r\u001B[K"),
  };
}

/** 42 s, 3 min, 2.5 h. */
export function inTime(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  return seconds < 6000 ? counted(Math.ceil(seconds / 60), "min") : `${(seconds / 3600).toFixed(1)} h`;
}
