// What is compared: the problem, the optimizers, the seeds and the budget.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Key, seriesStyles } from "@basin/charts";
import {
  addEntrant,
  catalog,
  change,
  changeEntrant,
  changed,
  config,
  cores,
  duplicateEntrant,
  isModel,
  removeEntrant,
  run,
  session,
  workers,
} from "../state/store.ts";
import { Icon } from "./icons.tsx";
import { SchemaForm } from "./schema-form.tsx";

/** Models, functions, and numbered suites ("bbob-f1", "bbob-f2" …) by their common name. */
function problemGroups(): (readonly [string, readonly string[]])[] {
  const groups = new Map<string, string[]>([
    ["models on data", []],
    ["functions", []],
  ]);
  for (const name of Object.keys(catalog.problems)) {
    const suite = /^(\w+)-f?\d+$/.exec(name)?.[1];
    const group = isModel(name) ? "models on data" : suite === undefined ? "functions" : `suite ${suite}`;
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return [...groups].filter(([, names]) => names.length > 0);
}

function Problem(): JSX.Element {
  const { problem } = config.value;
  const found = catalog.problems[problem.name];
  return (
    <section class="group">
      <h2>
        <span class="numeral">1</span> Problem
      </h2>
      <label class="visually-hidden" for="problem">
        Problem
      </label>
      <select
        id="problem"
        value={problem.name}
        onChange={(event) => change({ problem: { name: event.currentTarget.value, settings: {} } })}
      >
        {found === undefined ? <option value={problem.name}>{problem.name} (unknown)</option> : null}
        {problemGroups().map(([group, names]) => (
          <optgroup key={group} label={group}>
            {names.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <p class="help">{found?.summary ?? "There is no problem of this name here."}</p>
      {found === undefined ? null : (
        <details>
          <summary>Settings of the problem</summary>
          <SchemaForm
            key={problem.name}
            schema={found.settings}
            values={problem.settings}
            who={problem.name}
            onChange={(settings) => change({ problem: { ...problem, settings } })}
          />
        </details>
      )}
    </section>
  );
}

function Optimizer(props: { index: number }): JSX.Element {
  const { index } = props;
  const [open, setOpen] = useState(false);
  const { entrants } = config.value;
  const entrant = entrants[index]!;
  const found = catalog.optimizers[entrant.name];
  const styles = seriesStyles(
    entrants.map(({ name }) => ({ family: catalog.optimizers[name]?.family ?? name })),
  );
  const settings = Object.entries(entrant.settings);
  const panel = `entrant-${index}`;
  return (
    <li class="entrant">
      <div class="entrant-head">
        <Key style={styles[index]!} />
        <span class="entrant-name">
          {entrant.label}
          {settings.length === 0 ? null : (
            <small>{settings.map(([key, value]) => `${key} ${JSON.stringify(value)}`).join(", ")}</small>
          )}
        </span>
        <button
          type="button"
          class="square"
          aria-expanded={open}
          aria-controls={panel}
          aria-label={`Settings of ${entrant.label}`}
          title="Settings"
          onClick={() => setOpen(!open)}
        >
          <Icon name="tune" />
        </button>
        <button
          type="button"
          class="square"
          aria-label={`Duplicate ${entrant.label}`}
          title="Duplicate, to compare other settings"
          onClick={() => duplicateEntrant(index)}
        >
          <Icon name="copy" />
        </button>
        <button
          type="button"
          class="square"
          aria-label={`Remove ${entrant.label}`}
          title="Remove"
          disabled={entrants.length === 1}
          onClick={() => removeEntrant(index)}
        >
          <Icon name="close" />
        </button>
      </div>
      <div id={panel} hidden={!open} class="entrant-settings">
        {!open || found === undefined ? null : (
          <>
            <p class="help">{found.summary}</p>
            <div class="setting">
              <label for={`${panel}-label`}>Name in the charts</label>
              <input
                id={`${panel}-label`}
                type="text"
                value={entrant.label}
                onChange={(event) => {
                  const label = event.currentTarget.value.trim();
                  if (label !== "" && !entrants.some((other) => other.label === label))
                    changeEntrant(index, { label });
                  else event.currentTarget.value = entrant.label;
                }}
              />
            </div>
            <SchemaForm
              schema={found.hyperparameters}
              values={entrant.settings}
              who={entrant.label}
              onChange={(values) => changeEntrant(index, { settings: values })}
            />
          </>
        )}
      </div>
    </li>
  );
}

function AddOptimizer(): JSX.Element {
  const families = new Map<string, string[]>();
  for (const { name, family } of Object.values(catalog.optimizers))
    families.set(family, [...(families.get(family) ?? []), name]);
  return (
    <div class="add">
      <label class="visually-hidden" for="add-optimizer">
        Add an optimizer
      </label>
      <select
        id="add-optimizer"
        value=""
        onChange={(event) => {
          if (event.currentTarget.value !== "") addEntrant(event.currentTarget.value);
          event.currentTarget.value = "";
        }}
      >
        <option value="">+ Add an optimizer …</option>
        {[...families].map(([family, names]) => (
          <optgroup key={family} label={family}>
            {names.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

function Whole(props: {
  id: string;
  label: string;
  help: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}): JSX.Element {
  return (
    <div class="setting setting-whole">
      <label for={props.id}>{props.label}</label>
      <input
        id={props.id}
        type="number"
        inputMode="numeric"
        min={props.min}
        max={props.max}
        step={1}
        value={String(props.value)}
        aria-describedby={`${props.id}-help`}
        onChange={(event) => {
          const value = Math.round(Number(event.currentTarget.value));
          if (event.currentTarget.value !== "" && Number.isFinite(value))
            props.onChange(Math.max(props.min, Math.min(props.max, value)));
          else event.currentTarget.value = String(props.value);
        }}
      />
      <p class="help" id={`${props.id}-help`}>
        {props.help}
      </p>
    </div>
  );
}

function Effort(): JSX.Element {
  const { replicates, budget, seed } = config.value;
  return (
    <section class="group">
      <h2>
        <span class="numeral">3</span> Seeds and budget
      </h2>
      <Whole
        id="seeds"
        label="Seeds"
        help="Runs of each optimizer. One run is an anecdote."
        value={replicates}
        min={1}
        max={1000}
        onChange={(value) => change({ replicates: value })}
      />
      <Whole
        id="budget"
        label="Budget"
        help="Evaluations for each run. A slope is counted at what it costs."
        value={budget}
        min={1}
        max={10_000_000}
        onChange={(value) => change({ budget: value })}
      />
      <Whole
        id="root-seed"
        label="Root of chance"
        help="All chance in a run comes from this number, its seed and its name."
        value={seed}
        min={0}
        max={2_147_483_647}
        onChange={(value) => change({ seed: value })}
      />
      <div class="setting setting-number">
        <label for="workers">Workers</label>
        <div class="number">
          <input
            id="workers"
            type="range"
            min={1}
            max={cores}
            step={1}
            value={workers.value}
            aria-describedby="workers-help"
            aria-valuetext={`${workers.value} of ${cores} cores`}
            onInput={(event) => (workers.value = Number(event.currentTarget.value))}
          />
          <output for="workers">
            {workers.value} of {cores}
          </output>
        </div>
        <p class="help" id="workers-help">
          Takes effect with the next run. The numbers do not depend on it.
        </p>
      </div>
    </section>
  );
}

/** The settings, in the side column or in the sheet of a phone. */
export function Setup(): JSX.Element {
  return (
    <>
      <Problem />
      <section class="group">
        <h2>
          <span class="numeral">2</span> Optimizers
        </h2>
        <ul class="entrants">
          {config.value.entrants.map((entrant, index) => (
            <Optimizer key={`${entrant.label}/${entrant.name}`} index={index} />
          ))}
        </ul>
        <AddOptimizer />
      </section>
      <Effort />
      {changed.value || session.status.value === "idle" ? (
        <div class="rerun">
          <p>
            {session.status.value === "idle"
              ? "Nothing has run yet."
              : "The pictures still show the run before your changes."}
          </p>
          <button type="button" class="primary" onClick={run}>
            <Icon name="play" /> {session.status.value === "idle" ? "Run" : "Run with the changes"}
          </button>
        </div>
      ) : null}
    </>
  );
}
