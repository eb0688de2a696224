// The page's state: what was chosen, what runs, and what is looked at.
import { computed, effect, signal } from "@preact/signals";
import { catalog } from "@basin/catalog";
import type { Cursor } from "@basin/charts";
import { budgetOf, type ExperimentSpec } from "@basin/experiment";
import { startPool } from "../engine/pool.ts";
import { startSurveyor } from "../engine/surveyor.ts";
import { fromAddress, toAddress } from "./address.ts";
import {
  defaultConfig,
  defaultView,
  freeLabel,
  type Config,
  type Entrant,
  type Task,
  type View,
} from "./config.ts";
import { readable } from "./data.ts";
import { createSession, specOf, type Engine } from "./session.ts";

export { catalog };

/** Whether a problem is a model, whose coordinates are weights: it keeps examples apart to test on. */
export const isModel = (name: string | undefined): boolean =>
  name !== undefined && "testShare" in (catalog.problems[name]?.settings.shape ?? {});

export const cores = Math.max(1, navigator.hardwareConcurrency || 2);

export const config = signal<Config>(defaultConfig);
export const view = signal<View>(defaultView);
/** From the third core on, one is left to the page; many workers would take more memory than time they save. */
export const workers = signal<number>(Math.min(8, cores > 2 ? cores - 1 : cores));
/** The problem that pictures are about, in the order of the experiment. */
export const problemShown = signal(0);
/** The same in results that may be of another experiment than what is chosen now. */
export function shownIn(results: { readonly spec: ExperimentSpec } | undefined): number {
  return Math.min(problemShown.value, (results?.spec.problems.length ?? 1) - 1);
}
/** Where the reader points on the curves: the map follows. */
export const cursor = signal<Cursor | undefined>(undefined);

export type Theme = "auto" | "light" | "dark";
const themes: readonly Theme[] = ["auto", "light", "dark"];
/** Storage may be forbidden; then the choice lasts as long as the page. */
function remembered(): Theme {
  try {
    return themes.find((name) => name === localStorage.getItem("basin-theme")) ?? "auto";
  } catch {
    return "auto";
  }
}
export const theme = signal<Theme>(remembered());
effect(() => {
  const root = document.documentElement;
  if (theme.value === "auto") delete root.dataset["theme"];
  else root.dataset["theme"] = theme.value;
  try {
    localStorage.setItem("basin-theme", theme.value);
  } catch {
    // Forbidden: nothing is lost but the memory of it.
  }
});

let pool: { readonly engine: Engine; readonly size: number } | undefined;

/** Calls back before the next frame. A hidden page gets none; its runs go on, and what they say is kept up to date. */
export function frame(then: () => void): void {
  if (document.hidden) setTimeout(then, 200);
  else requestAnimationFrame(then);
}

export const session = createSession({
  catalog,
  clock: () => performance.now(),
  frame,
  engine: () => {
    if (pool?.size !== workers.value) {
      pool?.engine.close();
      pool = { engine: startPool(workers.value), size: workers.value };
    }
    return pool.engine;
  },
});

export const surveyor = startSurveyor(frame);

/** Whether what is chosen differs from what runs or ran. */
export const changed = computed(
  () =>
    session.config.value !== undefined &&
    JSON.stringify(session.config.value) !== JSON.stringify(config.value),
);

function fresh(): void {
  cursor.value = undefined;
  problemShown.value = Math.min(problemShown.value, config.value.problems.length - 1);
}

/** Does it with what is chosen: at once, but where the number of weights has to be known first. */
function whenReadable(then: (chosen: Config) => void): void {
  const chosen = config.value;
  if (typeof chosen.budget === "number") then(chosen);
  else void readable(() => specOf(chosen, catalog)).then(() => then(config.value));
}

export function run(): void {
  fresh();
  whenReadable((chosen) => void session.start(chosen));
}

/** One step of each optimizer shown; where nothing is paused, the first of what is chosen. */
export function step(): void {
  if (session.status.value !== "paused") fresh();
  whenReadable((chosen) => void session.step(chosen));
}

export function change(part: Partial<Config>): void {
  config.value = { ...config.value, ...part };
}

/** Changes the problem that is shown. */
export function changeTask(task: Task): void {
  change({ problems: config.value.problems.map((one, i) => (i === problemShown.value ? task : one)) });
}

export function removeTask(index: number): void {
  change({ problems: config.value.problems.toSpliced(index, 1) });
  problemShown.value = 0;
}

export function changeEntrant(index: number, part: Partial<Entrant>): void {
  change({
    entrants: config.value.entrants.map((entrant, i) => (i === index ? { ...entrant, ...part } : entrant)),
  });
}

export function addEntrant(name: string): void {
  const { entrants } = config.value;
  const label = freeLabel(
    name,
    entrants.map((entrant) => entrant.label),
  );
  change({ entrants: [...entrants, { name, label, settings: {} }] });
}

export function duplicateEntrant(index: number): void {
  const { entrants } = config.value;
  const original = entrants[index]!;
  const label = freeLabel(
    original.name,
    entrants.map((entrant) => entrant.label),
  );
  change({ entrants: entrants.toSpliced(index + 1, 0, { ...original, label }) });
}

export function removeEntrant(index: number): void {
  change({ entrants: config.value.entrants.toSpliced(index, 1) });
}

/** Evaluations a link may start by itself; a longer experiment waits for a click. */
const unasked = 500_000;

let written: string | undefined;

/** Takes another experiment, and runs it if it is short: whether it does. */
export function choose(chosen: Config): boolean {
  config.value = chosen;
  problemShown.value = 0;
  session.complain(undefined);
  const short = effort(chosen) <= unasked;
  if (short) run();
  return short;
}

async function read(fragment: string): Promise<void> {
  try {
    const state = await fromAddress(fragment);
    await readable(() => specOf(state.config, catalog));
    view.value = state.view;
    choose(state.config);
  } catch {
    session.complain("The link's state is damaged, so this is the default experiment.");
  }
}

/** Evaluations in all; none where the experiment cannot be read. */
function effort(chosen: Config): number {
  try {
    const spec = specOf(chosen, catalog);
    const each = spec.problems.reduce((sum, _, problem) => sum + budgetOf(spec, problem), 0);
    return each * spec.optimizers.length * spec.replicates;
  } catch {
    // then it does not run, and says why
    return 0;
  }
}

/** Reads the address, runs, and keeps the address true from then on. */
export async function open(): Promise<void> {
  await read(location.hash);
  let turn = 0;
  effect(() => {
    const mine = ++turn;
    void toAddress(config.value, view.value).then((fragment) => {
      if (mine !== turn) return;
      written = fragment;
      history.replaceState(null, "", fragment === "" ? location.pathname + location.search : `#${fragment}`);
    });
  });
  addEventListener("hashchange", () => {
    if (location.hash.slice(1) !== written) void read(location.hash);
  });
}
