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

class Lives {
  readonly of = new Map<Buffer, Life>();
  private readonly plan: Plan;
  private readonly scratch: ReadonlyMap<Step, Buffer>;
  constructor(plan: Plan, scratch: ReadonlyMap<Step, Buffer>) {
    this.plan = plan;
    this.scratch = scratch;
  }
  /** A step uses its buffers from `first` to `last`; those that are local to its block at `now` only. */
  use(step: Step, first: number, last: number, local: ReadonlySet<Buffer> | undefined, now: number): void {
    const packed = this.scratch.get(step);
    const used = buffersWritten(step);
    for (const { buffer } of placesRead(this.plan, step)) used.push(buffer);
    if (packed !== undefined) used.push(packed);
    for (const buffer of used)
      if (local?.has(buffer) === true) this.touch(buffer, now, now);
      else this.touch(buffer, first, last);
  }
  private touch(buffer: Buffer, first: number, last: number): void {
    const life = this.of.get(buffer);
    if (life === undefined) {
      this.of.set(buffer, { buffer, first, last });
      return;
    }
    life.first = Math.min(life.first, first);
    life.last = Math.max(life.last, last);
  }
}

/** Gives every buffer an address from `start` on; returns the first byte after all. Each is aligned to 16 bytes. */
export function layOut(
  plan: Plan,
  items: readonly Item[],
  scratch: ReadonlyMap<Step, Buffer>,
  start: number,
  bytes: number,
): number {
  const lives = new Lives(plan, scratch);
  let time = 0;
  for (const item of items) {
    if (item.kind !== "pipeline") {
      lives.use(item, time, time, undefined, time);
      time++;
      continue;
    }
    // What is not local is alive from the first block to the last.
    const end = time + item.members.length;
    for (const [k, { step }] of item.members.entries()) lives.use(step, time, end, item.local, time + k);
    time = end + 1;
  }
  let end = start;
  for (const buffer of plan.buffers) {
    if (!buffer.pinned) continue;
    buffer.address = end;
    end += roomOf(buffer, bytes);
  }
  const unpinned = [...lives.of.values()].filter(({ buffer }) => !buffer.pinned);
  return Math.max(end, placeAll(unpinned, end, bytes));
}

const roomOf = ({ size }: Buffer, bytes: number): number => Math.ceil((size * bytes) / 16) * 16;

/** Places buffers from `start` on, the largest first, each in the lowest gap; returns the first byte after all. */
function placeAll(lives: Life[], start: number, bytes: number): number {
  const placed: Life[] = [];
  let end = start;
  lives.sort((a, b) => b.buffer.size - a.buffer.size || a.first - b.first);
  for (const life of lives) {
    const size = roomOf(life.buffer, bytes);
    let address = start;
    for (const other of placed) {
      if (other.last < life.first || life.last < other.first) continue;
      const past = other.buffer.address + roomOf(other.buffer, bytes);
      if (address < past && other.buffer.address < address + size) address = past;
    }
    life.buffer.address = address;
    // Kept in order of address, so that one pass finds the lowest gap.
    const at = placed.findIndex((other) => other.buffer.address > address);
    placed.splice(at < 0 ? placed.length : at, 0, life);
    end = Math.max(end, address + size);
  }
  return end;
}

export const addressOf = ({ buffer, offset }: Place, bytes: number): number =>
  buffer.address + offset * bytes;
