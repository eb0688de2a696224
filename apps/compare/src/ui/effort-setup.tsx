// How much: seeds, budget, the root of chance, workers.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { budgetFrom } from "../state/address.ts";
import { change, config, cores, workers } from "../state/store.ts";

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

/** A number, or a multiple of the number of coordinates: what one cannot read is not taken. */
function BudgetControl(): JSX.Element {
  const { budget } = config.value;
  const [wrong, setWrong] = useState(false);
  return (
    <div class="setting setting-whole">
      <label for="budget">Budget</label>
      <input
        id="budget"
        type="text"
        autocomplete="off"
        spellcheck={false}
        value={String(budget)}
        aria-invalid={wrong}
        aria-describedby="budget-help"
        onChange={(event) => {
          const given = budgetFrom(event.currentTarget.value);
          setWrong(given === undefined);
          if (given !== undefined) change({ budget: given });
        }}
      />
      <p class="help" id="budget-help">
        {wrong ? "Write a number above 0, or one with an n behind it. " : ""}
        Evaluations for each run; 1000n is 1,000 for each coordinate. A slope is counted at what it costs.
      </p>
    </div>
  );
}

export function EffortSetup(): JSX.Element {
  const { replicates, seed } = config.value;
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
      <BudgetControl />
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
