// The parts of the page are drawn in turns, one a frame: all of them in one frame would make it late.
import { effect, signal, type Signal } from "@preact/signals";
import type { HeldRun } from "./held.ts";
import type { Results } from "./results.ts";
import type { Progress, RunState, Status } from "./session.ts";
import { frame, session } from "./store.ts";

/** What there is to see, as it stood at one moment: nothing in it belongs to another experiment. */
export interface Moment {
  readonly results: Results | undefined;
  readonly status: Status;
  readonly version: number;
  readonly runs: readonly RunState[];
  readonly held: readonly HeldRun[];
  readonly progress: Progress;
}

const now = (): Moment => ({
  results: session.results.value,
  status: session.status.value,
  version: session.version.value,
  runs: session.runs.value,
  held: session.held.value,
  progress: session.progress(),
});

/** All turns of a round are about one moment, in this order: when the bar says that all is done, all is there to see. */
const turns = ["curves", "lanes", "pictures", "words", "bar"] as const;
export type Turn = (typeof turns)[number];

const moments = Object.fromEntries(turns.map((turn) => [turn, signal(now())])) as Record<
  Turn,
  Signal<Moment>
>;
let round: Moment | undefined;
let at = 0;
let [changed, asked] = [false, false];

function next(): void {
  if (round === undefined) {
    asked = changed;
    if (!changed) return;
    [round, at, changed] = [now(), 0, false];
  }
  const moment = round;
  const turn = turns[at++]!;
  if (at === turns.length) round = undefined;
  frame(next);
  moments[turn].value = moment;
}

effect(() => {
  now();
  changed = true;
  if (asked) return;
  asked = true;
  frame(next);
});

/** What this part of the page shows; whoever calls this while drawing is drawn again when it is its turn. */
export function seen(turn: Turn): Moment {
  return moments[turn].value;
}
