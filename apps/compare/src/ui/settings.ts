// What controls a schema needs, read from its JSON Schema: nothing here knows any optimizer or problem.
import { z, type SettingsSchema } from "@basin/objective";

interface Common {
  readonly key: string;
  readonly label: string;
  readonly help: string;
  readonly initial: unknown;
}
export interface NumberSetting extends Common {
  readonly kind: "number";
  readonly whole: boolean;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly scale: "linear" | "log";
  /** The usual range, for the slider; undefined: no slider. */
  readonly range: readonly [number, number] | undefined;
}
export interface ChoiceSetting extends Common {
  readonly kind: "choice";
  readonly options: readonly (string | number | boolean | null)[];
}
export interface SwitchSetting extends Common {
  readonly kind: "switch";
}
/** Whatever has no control of its own is written as JSON. */
export interface TextSetting extends Common {
  readonly kind: "text" | "json";
}
export type Setting = NumberSetting | ChoiceSetting | SwitchSetting | TextSetting;

interface Property {
  readonly type?: string | readonly string[];
  readonly enum?: readonly (string | number | boolean | null)[];
  readonly const?: string | number | boolean | null;
  readonly anyOf?: readonly Property[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly default?: unknown;
  readonly label?: string;
  readonly help?: string;
  readonly scale?: "linear" | "log";
  readonly range?: readonly [number, number];
}

const spoken = (key: string): string => {
  const words = key
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[-_]/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function optionsOf(property: Property): ChoiceSetting["options"] | undefined {
  if (property.enum !== undefined) return property.enum;
  const parts = property.anyOf?.map(
    (part) => part.enum ?? (part.const === undefined ? undefined : [part.const]),
  );
  return parts?.every((part) => part !== undefined) === true ? parts.flat() : undefined;
}

function settingOf(key: string, property: Property): Setting {
  const common = {
    key,
    label: property.label ?? spoken(key),
    help: property.help ?? "",
    initial: property.default,
  };
  const options = optionsOf(property);
  if (options !== undefined) return { ...common, kind: "choice", options };
  if (property.type === "boolean") return { ...common, kind: "switch" };
  if (property.type === "number" || property.type === "integer") {
    // A zod integer is bounded by what a double holds exactly: no bound worth showing.
    const real = (bound: number | undefined): number | undefined =>
      bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? undefined : bound;
    const [min, max] = [
      real(property.minimum ?? property.exclusiveMinimum),
      real(property.maximum ?? property.exclusiveMaximum),
    ];
    const range =
      property.range ?? (min !== undefined && max !== undefined ? ([min, max] as const) : undefined);
    const scale = property.scale === "log" && range !== undefined && range[0] > 0 ? "log" : "linear";
    return { ...common, kind: "number", whole: property.type === "integer", min, max, range, scale };
  }
  return { ...common, kind: property.type === "string" ? "text" : "json" };
}

const known = new WeakMap<SettingsSchema, readonly Setting[]>();

/** The settings of a schema, in its order. */
export function settingsOf(schema: SettingsSchema): readonly Setting[] {
  let settings = known.get(schema);
  if (settings === undefined) {
    const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as {
      properties?: Record<string, Property>;
    };
    settings = Object.entries(json.properties ?? {}).map(([key, property]) => settingOf(key, property));
    known.set(schema, settings);
  }
  return settings;
}
