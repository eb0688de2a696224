// When in the runs the map and the fits are looked at: at the end, where the reader points on the curves, or as a replay goes.
import { computed, signal } from "@preact/signals";
import { recorded } from "./session.ts";
import { cursor, shownIn, session } from "./store.ts";

/** The seed that map and fits are about, from 0. */
export const seedShown = signal(recorded);

/** Shows another seed: what it went through is found by running it again. */
export function showSeed(replicate: number): void {
  stop();
  playhead.value = 1;
  seedShown.value = replicate;
  void session.look(replicate, shownIn(session.results.value));
}

/** 0 … 1 along the grid of the trace; 1 is the end. */
export const playhead = signal(1);
export const playing = signal(false);

/** The grid of cost that all traces of the experiment share, or undefined before the first record. */
export function grid(): Readonly<Float64Array> | undefined {
  return session.results.value?.first(shownIn(session.results.value))?.result.trace.cost;
}

/** What is shown: where the reader points, else the playhead. */
export const moment = computed(() => {
  const at = cursor.value?.at;
  const cost = at === undefined ? undefined : grid();
  if (at === undefined || cost === undefined) return playhead.value;
  let reached = 0;
  while (reached < cost.length && cost[reached]! <= at * 1.000001) reached++;
  return Math.max(0, reached - 1) / Math.max(1, cost.length - 1);
});

/** The index on a grid of m points that a share falls on. */
export const indexOf = (share: number, m: number): number => Math.round(share * (m - 1));

/** Milliseconds from start to end, and the pictures on the way: more would keep the page busy, and look the same. */
const length = 2600;
const pictures = 64;
let turn = 0;

export function stop(): void {
  turn++;
  playing.value = false;
}

/** Plays once, from the start, or from where it stands. */
export function play(): void {
  const mine = ++turn;
  const from = playhead.value >= 1 ? 0 : playhead.value;
  playing.value = true;
  let began: number | undefined;
  const frame = (now: number): void => {
    if (mine !== turn) return;
    began ??= now;
    const at = Math.min(1, from + (now - began) / length);
    playhead.value = Math.floor(at * pictures) / pictures;
    if (at < 1) requestAnimationFrame(frame);
    else playing.value = false;
  };
  requestAnimationFrame(frame);
}

/** Once, when a map is first complete; not for those who asked for less motion. */
export function playUnasked(): void {
  if (matchMedia("(prefers-reduced-motion: no-preference)").matches && !document.hidden) play();
}
