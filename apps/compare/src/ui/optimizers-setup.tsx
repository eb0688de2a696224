// The lines of the comparison: add, duplicate, set, remove; and why one cannot take the problem.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Key, seriesStyles } from "@basin/charts";
import { misfits } from "../state/misfits.ts";
import {
  addEntrant,
  catalog,
  changeEntrant,
  config,
  duplicateEntrant,
  removeEntrant,
} from "../state/store.ts";
import { Icon } from "./icons.tsx";
import { SchemaForm } from "./schema-form.tsx";

function EntrantSetup(props: { index: number }): JSX.Element {
  const { index } = props;
  const [open, setOpen] = useState(false);
  const { entrants } = config.value;
  const entrant = entrants[index]!;
  const found = catalog.optimizers[entrant.name];
  const styles = seriesStyles(
    entrants.map(({ name }) => ({ family: catalog.optimizers[name]?.family ?? name })),
  );
  const settings = Object.entries(entrant.settings);
  const reasons = misfits.value.get(index) ?? [];
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
      {reasons.length === 0 ? null : (
        <div class="misfit" role="note">
          {reasons.map(({ reason, advice }) => (
            <p key={reason}>
              {reason} {advice}
            </p>
          ))}
          <p>As it stands, its runs are recorded as failed.</p>
        </div>
      )}
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

export function OptimizersSetup(): JSX.Element {
  return (
    <section class="group">
      <h2>
        <span class="numeral">2</span> Optimizers
      </h2>
      <ul class="entrants">
        {config.value.entrants.map((entrant, index) => (
          <EntrantSetup key={`${entrant.label}/${entrant.name}`} index={index} />
        ))}
      </ul>
      <AddOptimizer />
    </section>
  );
}
