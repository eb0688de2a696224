// Controls for the settings of a schema.
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { log10, pow } from "@basin/math";
import { parseSettings, type SettingsSchema } from "@basin/objective";
import { settingsOf, type NumberSetting, type Setting } from "./settings.ts";

export interface SchemaFormProps {
  readonly schema: SettingsSchema;
  /** Settings that differ from the defaults. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly onChange: (values: Readonly<Record<string, unknown>>) => void;
  /** Whose settings, for messages. */
  readonly who: string;
}

/** Three significant digits, so that sliders give numbers a person would write. */
const tidy = (x: number, whole: boolean): number => (whole ? Math.round(x) : Number(x.toPrecision(3)));

/** Where a value lies on its slider, 0 … 1000, and back. */
function toSlider({ scale, range }: NumberSetting, value: number): number {
  const [low, high] = range!;
  const share =
    scale === "log"
      ? (log10(Math.max(value, low)) - log10(low)) / (log10(high) - log10(low))
      : (value - low) / (high - low);
  return Math.round(1000 * Math.min(1, Math.max(0, share)));
}
function fromSlider({ scale, range, whole }: NumberSetting, at: number): number {
  const [low, high] = range!;
  const share = at / 1000;
  return tidy(scale === "log" ? low * pow(high / low, share) : low + share * (high - low), whole);
}

interface ControlProps<S extends Setting = Setting> {
  readonly setting: S;
  readonly id: string;
  readonly help: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

function NumberControl({ setting, id, help, value, onChange }: ControlProps<NumberSetting>): JSX.Element {
  const number = typeof value === "number" ? value : NaN;
  return (
    <div class="number">
      {setting.range === undefined ? null : (
        <input
          type="range"
          min={0}
          max={1000}
          value={Number.isNaN(number) ? 0 : toSlider(setting, number)}
          aria-label={`${setting.label}, slider`}
          aria-valuetext={String(value)}
          onInput={(event) => onChange(fromSlider(setting, Number(event.currentTarget.value)))}
        />
      )}
      <input
        id={id}
        type="number"
        inputMode="decimal"
        step="any"
        min={setting.min}
        max={setting.max}
        value={Number.isNaN(number) ? "" : String(number)}
        aria-describedby={help}
        onChange={(event) => {
          const text = event.currentTarget.value;
          if (text !== "") onChange(Number(text));
        }}
      />
    </div>
  );
}

function JsonControl({ setting, id, help, value, onChange }: ControlProps): JSX.Element {
  const [wrong, setWrong] = useState(false);
  return (
    <input
      id={id}
      type="text"
      value={setting.kind === "text" ? String(value ?? "") : JSON.stringify(value ?? null)}
      aria-describedby={help}
      aria-invalid={wrong}
      onChange={(event) => {
        const text = event.currentTarget.value;
        if (setting.kind === "text") return onChange(text);
        try {
          onChange(JSON.parse(text));
          setWrong(false);
        } catch {
          setWrong(true);
        }
      }}
    />
  );
}

function Control(props: ControlProps): JSX.Element {
  const { setting, id, help, value, onChange } = props;
  if (setting.kind === "number") return <NumberControl {...props} setting={setting} />;
  if (setting.kind === "choice")
    return (
      <select
        id={id}
        aria-describedby={help}
        value={String(value)}
        onChange={(event) => onChange(setting.options[event.currentTarget.selectedIndex])}
      >
        {setting.options.map((option) => (
          <option key={String(option)} value={String(option)}>
            {String(option)}
          </option>
        ))}
      </select>
    );
  if (setting.kind === "switch")
    return (
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={value === true}
        aria-describedby={help}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  return <JsonControl {...props} />;
}

/** More settings than this are folded away: the first are those that matter most. */
const atOnce = 4;

/** One control a setting, with its help; what is wrong is said beneath. */
export function SchemaForm(props: SchemaFormProps): JSX.Element {
  const { schema, values } = props;
  const base = useId();
  let fault: string | undefined;
  try {
    parseSettings(schema, values, props.who);
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error);
  }
  const set = (setting: Setting, value: unknown): void => {
    const { [setting.key]: _, ...rest } = values;
    props.onChange(
      JSON.stringify(value) === JSON.stringify(setting.initial) ? rest : { ...rest, [setting.key]: value },
    );
  };
  const settings = settingsOf(schema);
  // Those that differed when the form was opened are in view; none moves while it is in use.
  const [opened] = useState(() => new Set(Object.keys(values)));
  if (settings.length === 0) return <p class="quiet">Nothing to set.</p>;
  const folded = (setting: Setting, i: number): boolean =>
    settings.length > atOnce + 2 && i >= atOnce && !opened.has(setting.key);
  const first = settings.filter((setting, i) => !folded(setting, i));
  const rest = settings.filter(folded);
  const row = (setting: Setting): JSX.Element => {
    const [id, help] = [`${base}-${setting.key}`, `${base}-${setting.key}-help`];
    const differs = setting.key in values;
    return (
      <div class={`setting setting-${setting.kind}`} key={setting.key}>
        <label for={id}>
          {setting.label}
          {differs ? <span class="differs"> · changed</span> : null}
        </label>
        <Control
          setting={setting}
          id={id}
          help={help}
          value={differs ? values[setting.key] : setting.initial}
          onChange={(value) => set(setting, value)}
        />
        <p class="help" id={help}>
          {setting.help}
        </p>
      </div>
    );
  };
  return (
    <div class="schema-form">
      {first.map(row)}
      {rest.length === 0 ? null : (
        <details>
          <summary>{rest.length} more settings</summary>
          {rest.map(row)}
        </details>
      )}
      {Object.keys(values).length === 0 ? null : (
        <button type="button" class="text" onClick={() => props.onChange({})}>
          Back to defaults
        </button>
      )}
      {fault === undefined ? null : (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
