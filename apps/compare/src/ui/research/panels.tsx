// The researchers' tabs: the pictures and tables of `basin report`, on the runs of this page. A chunk of its own.
import type { JSX } from "preact";
import { signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { ExperimentResult } from "@basin/experiment";
import { parseSettings } from "@basin/objective";
import {
  drawings,
  endsTables,
  ertTables,
  methods,
  pairsTables,
  type Drawing,
  type Drawings,
  type Table,
} from "@basin/report";
import type { Results } from "../../state/results.ts";
import { catalog } from "../../state/store.ts";
import { useWidth } from "../use-width.ts";
import { TableView } from "./table-view.tsx";

interface Panel {
  readonly name: string;
  readonly label: string;
  readonly pictures: (drawn: Drawings) => readonly Drawing[];
  readonly tables: (result: ExperimentResult) => readonly Table[];
  /** What is said where there is nothing. */
  readonly none: string;
}

const panels: readonly Panel[] = [
  {
    name: "runtimes",
    label: "Runtimes",
    pictures: (drawn) => drawn.runtimes(),
    tables: ertTables,
    none: "There are no runs.",
  },
  {
    name: "ends",
    label: "End values",
    pictures: (drawn) => drawn.ends(),
    tables: endsTables,
    none: "There are no runs.",
  },
  {
    name: "tests",
    label: "Tests",
    pictures: () => [],
    tables: pairsTables,
    none: "A test needs two optimizers with runs of the same seeds.",
  },
  {
    name: "ranks",
    label: "Ranks",
    pictures: (drawn) => drawn.ranks(),
    tables: () => [],
    none: "Ranks need two optimizers, and two seeds or problems.",
  },
  {
    name: "sensitivity",
    label: "Sensitivity",
    pictures: (drawn) => drawn.sensitivity(),
    tables: () => [],
    none: "How much a hyperparameter matters shows when one optimizer runs with three or more of its values: duplicate it and set another, or open a file with a list.",
  },
];

const shownPanel = signal("runtimes");
const tabs = [...panels.map(({ name, label }) => [name, label] as const), ["methods", "Methods"] as const];

/** Where an arrow key leads among the tabs. */
function moved(key: string, from: number): number | undefined {
  const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: tabs.length - 1 }[key];
  return to === undefined ? undefined : (to + tabs.length) % tabs.length;
}

const defaultOf = (optimizer: string, hyperparameter: string): unknown => {
  const found = catalog.optimizers[optimizer];
  return found === undefined
    ? undefined
    : (parseSettings(found.hyperparameters, {}, optimizer) as Record<string, unknown>)[hyperparameter];
};

/** Narrower than this the pictures' letters would be too small: then they scroll. */
const least = 560;

function Content({
  panel,
  result,
  width,
}: {
  panel: Panel;
  result: ExperimentResult;
  width: number;
}): JSX.Element {
  const [pictures, tables] = useMemo(
    () => [panel.pictures(drawings(result, { defaultOf, width })), panel.tables(result)],
    [panel, result, width],
  );
  if (pictures.length + tables.length === 0) return <p class="quiet">{panel.none}</p>;
  return (
    <>
      {pictures.map(({ name, title, caption, chart }) => (
        <figure key={name}>
          <div class="scroll" tabIndex={0} role="region" aria-label={title}>
            {chart}
          </div>
          <figcaption class="quiet">
            <strong>{title}.</strong> {caption}
          </figcaption>
        </figure>
      ))}
      {tables.map((table) => (
        <TableView key={table.name} table={table} />
      ))}
    </>
  );
}

function Methods({ result }: { result: ExperimentResult }): JSX.Element {
  const words = useMemo(() => methods(result), [result]);
  return (
    <>
      <p class="paste">{words}</p>
      <p class="quiet">
        A paragraph for the methods section of a paper; every number comes from this experiment.
      </p>
    </>
  );
}

export function Panels({ results }: { results: Results }): JSX.Element {
  const [ref, measured] = useWidth(760);
  const result = useMemo(() => results.result(), [results, results.count]);
  const at = tabs.findIndex(([name]) => name === shownPanel.value);
  const panel = panels.find(({ name }) => name === shownPanel.value);
  return (
    <div class="panels" ref={ref}>
      <div class="panel-tabs" role="tablist" aria-label="For researchers">
        {tabs.map(([name, label], i) => (
          <button
            type="button"
            role="tab"
            id={`tab-${name}`}
            key={name}
            aria-selected={i === at}
            aria-controls="research-panel"
            tabIndex={i === at ? 0 : -1}
            onClick={() => (shownPanel.value = name)}
            onKeyDown={(event) => {
              const to = moved(event.key, i);
              if (to === undefined) return;
              event.preventDefault();
              shownPanel.value = tabs[to]![0];
              document.querySelector<HTMLElement>(`#tab-${tabs[to]![0]}`)?.focus();
            }}
          >
            {label}
          </button>
        ))}
      </div>
      <div id="research-panel" role="tabpanel" aria-labelledby={`tab-${shownPanel.value}`}>
        {panel === undefined ? (
          <Methods result={result} />
        ) : (
          <Content panel={panel} result={result} width={Math.max(least, Math.min(1000, measured))} />
        )}
      </div>
    </div>
  );
}
