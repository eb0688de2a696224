// Which problem, and its settings; of several, which is shown.
import type { JSX } from "preact";
import { catalog, changeTask, config, isModel, problemShown, removeTask } from "../state/store.ts";
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

export function ProblemSetup(): JSX.Element {
  const { problems } = config.value;
  const problem = problems[problemShown.value] ?? problems[0]!;
  const found = catalog.problems[problem.name];
  return (
    <section class="group">
      <h2>
        <span class="numeral">1</span> Problem
      </h2>
      {problems.length > 1 ? (
        <ul class="tasks" aria-label="Problems of this experiment">
          {problems.map((task, i) => (
            <li key={task.label ?? `${task.name} ${i}`}>
              <button
                type="button"
                class="text"
                aria-pressed={i === problemShown.value}
                onClick={() => (problemShown.value = i)}
              >
                {task.label ?? task.name}
              </button>
              <button
                type="button"
                class="square"
                aria-label={`Remove ${task.label ?? task.name}`}
                title="Remove"
                onClick={() => removeTask(i)}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <label class="visually-hidden" for="problem">
        Problem
      </label>
      <select
        id="problem"
        value={problem.name}
        onChange={(event) => changeTask({ name: event.currentTarget.value, settings: {} })}
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
            onChange={(settings) => changeTask({ ...problem, settings })}
          />
        </details>
      )}
    </section>
  );
}
