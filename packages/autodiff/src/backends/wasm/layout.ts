// Addresses of buffers: what is never alive at the same time shares memory.
import type { Buffer, Place } from "./place.ts";
import type { Plan } from "./plan.ts";
import type { Step } from "./steps.ts";
import { buffersWritten, placesRead, type Item } from "./schedule.ts";

interface Life {
  readonly buffer: Buffer;
  first: number;
  last: number;
}

/** Gives every buffer an address from `start` on; returns the first byte after all. Each is aligned to 16 bytes. */
export function layOut(
  plan: Plan,
  items: readonly Item[],
  scratch: ReadonlyMap<Step, Buffer>,
  start: number,
  bytes: number,
): number {
  const lives = new Map<Buffer, Life>();
  const touch = (buffer: Buffer, at: number): void => {
    const life = lives.get(buffer);
    if (life === undefined) lives.set(buffer, { buffer, first: at, last: at });
    else [life.first, life.last] = [Math.min(life.first, at), Math.max(life.last, at)];
  };
  const touchStep = (step: Step, at: (buffer: Buffer) => readonly number[]): void => {
    for (const buffer of [...buffersWritten(step), ...placesRead(plan, step).map((place) => place.buffer)])
      for (const time of at(buffer)) touch(buffer, time);
    const packed = scratch.get(step);
    if (packed !== undefined) for (const time of at(packed)) touch(packed, time);
  };
  let time = 0;
  for (const item of items) {
    if (item.kind !== "pipeline") {
      const now = time++;
      touchStep(item, () => [now]);
      continue;
    }
    // What is not local is alive from the first block to the last.
    const [begin, end] = [time, time + item.members.length];
    item.members.forEach(({ step }, k) =>
      touchStep(step, (buffer) => (item.local.has(buffer) ? [begin + k] : [begin, end])),
    );
    time = end + 1;
  }
  const size = (buffer: Buffer): number => Math.ceil((buffer.size * bytes) / 16) * 16;
  let end = start;
  for (const buffer of plan.buffers) {
    if (!buffer.pinned) continue;
    buffer.address = end;
    end += size(buffer);
  }
  const placed: Life[] = [];
  const shared = end;
  for (const life of [...lives.values()].sort((a, b) => b.buffer.size - a.buffer.size || a.first - b.first)) {
    const { buffer } = life;
    if (buffer.pinned) continue;
    let address = shared;
    for (const other of placed) {
      if (other.last < life.first || life.last < other.first) continue;
      const past = other.buffer.address + size(other.buffer);
      if (address < past && other.buffer.address < address + size(buffer)) address = past;
    }
    buffer.address = address;
    // Kept in order of address, so that one pass finds the lowest gap.
    const at = placed.findIndex((other) => other.buffer.address > address);
    placed.splice(at < 0 ? placed.length : at, 0, life);
    end = Math.max(end, address + size(buffer));
  }
  return end;
}

export const addressOf = ({ buffer, offset }: Place, bytes: number): number =>
  buffer.address + offset * bytes;
