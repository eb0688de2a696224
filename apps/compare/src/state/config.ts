// What the user chose: the experiment, and how to look at it.
import type { ScaleKind } from "@basin/charts";
import type { ExperimentFile, ExperimentSpec, Tuning } from "@basin/experiment";

/** A problem of the experiment. */
export interface Task {
  readonly name: string;
  /** Settings that differ from the defaults. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Where the name alone would not do. */
  readonly label?: string;
}

/** One line of the comparison. */
export interface Entrant {
  readonly name: string;
  readonly label: string;
  /** Hyperparameters that differ from the defaults. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** How they were chosen, where a file says so. */
  readonly tuning?: Tuning;
}

/** Everything that decides the numbers. */
export interface Config {
  /** At least one; pictures are about one at a time. */
  readonly problems: readonly Task[];
  readonly entrants: readonly Entrant[];
  readonly replicates: number;
  /** In units of one full f(x), or in multiples of the number of coordinates: "1000n". */
  readonly budget: ExperimentSpec["budget"];
  readonly seed: number;
  /** Runs stop once their loss is at or below it. */
  readonly target?: number;
  /** What a file wants recorded; decides no number. */
  readonly record?: NonNullable<ExperimentSpec["record"]>;
}

export type XAxis = "cost" | "queries" | "examples" | "seconds";

/** How it is looked at: decides no number. */
export interface View {
  readonly axis: XAxis;
  readonly xScale: ScaleKind;
  readonly yScale: ScaleKind;
}

export const defaultConfig: Config = {
  problems: [{ name: "penguins-logistic", settings: {} }],
  entrants: ["gradient-descent", "random-search", "genetic-algorithm"].map((name) => ({
    name,
    label: name,
    settings: {},
  })),
  replicates: 15,
  budget: 2000,
  seed: 1,
};

export const defaultView: View = { axis: "cost", xScale: "log", yScale: "log" };

export const axisNames: Readonly<Record<XAxis, string>> = {
  cost: "evaluations",
  queries: "queries",
  examples: "examples seen",
  seconds: "seconds",
};

/** A label not yet taken: the name, then "name 2", "name 3" … */
export function freeLabel(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  let n = 2;
  while (taken.includes(`${name} ${n}`)) n++;
  return `${name} ${n}`;
}

/** The experiment as its file. */
export function fileOf(config: Config): ExperimentFile {
  return {
    problems: config.problems,
    optimizers: config.entrants.map(({ label, ...rest }) => ({
      ...rest,
      ...(label === rest.name ? {} : { label }),
    })),
    replicates: config.replicates,
    budget: config.budget,
    seed: config.seed,
    ...(config.target === undefined ? {} : { target: config.target }),
    ...(config.record === undefined ? {} : { record: config.record }),
  };
}

/** What an experiment, read from a file, is in the page. */
export function configOf(spec: ExperimentSpec): Config {
  return {
    problems: spec.problems.map(({ name, settings, label }) => ({
      name,
      settings,
      ...(label === name ? {} : { label }),
    })),
    entrants: spec.optimizers.map((entry) => {
      const { family: _, ...entrant } = entry;
      return entrant;
    }),
    replicates: spec.replicates,
    budget: spec.budget,
    seed: spec.seed,
    ...(spec.target === undefined ? {} : { target: spec.target }),
    ...(spec.record === undefined ? {} : { record: spec.record }),
  };
}
