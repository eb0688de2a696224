// basin list: what there is, and what each can be told.
import {
  z,
  type SettingMeta,
  type SettingsSchema,
  UsageError,
  nearest,
  parseSettings,
} from "@basin/objective";
import type { AnyProblem } from "@basin/objective";
import type { AnyOptimizer } from "@basin/optimizer";
import { experimentJsonSchema } from "@basin/experiment";
import { catalog } from "@basin/catalog";
import { presets } from "../presets.ts";
import { bold, quiet, styleOf, wrap, type Style } from "../terminal/style.ts";

export interface ListOptions {
  readonly json?: boolean;
  readonly schema?: boolean;
}

export function list(name: string | undefined, { json = false, schema = false }: ListOptions): void {
  if (schema) {
    console.log(JSON.stringify(experimentJsonSchema(catalog)));
    return;
  }
  const style = styleOf(process.stdout);
  if (name === undefined) {
    console.log(json ? asJson(everything()) : overview(style));
    return;
  }
  const optimizer = Object.hasOwn(catalog.optimizers, name) ? catalog.optimizers[name] : undefined;
  const problem = Object.hasOwn(catalog.problems, name) ? catalog.problems[name] : undefined;
  if (optimizer === undefined && problem === undefined && Object.hasOwn(presets, name)) {
    console.log(asJson(presets[name]!.experiment));
    return;
  }
  if (optimizer === undefined && problem === undefined) {
    const all = [catalog.problems, catalog.optimizers, presets].flatMap((table) => Object.keys(table));
    const near = nearest(name, all);
    throw new UsageError(
      "basin list",
      `there is no problem, optimizer or preset ${name}`,
      near === undefined ? "basin list names them all" : `did you mean ${near}`,
    );
  }
  if (json) console.log(asJson(optimizer === undefined ? problemData(problem!) : optimizerData(optimizer)));
  else console.log(optimizer === undefined ? problemText(problem!, style) : optimizerText(optimizer, style));
}

const asJson = (value: unknown): string => JSON.stringify(value, null, 2);

function optimizerData({
  name,
  summary,
  family,
  references,
  needs,
  requires,
  hyperparameters,
}: AnyOptimizer): object {
  return {
    kind: "optimizer",
    name,
    family,
    summary,
    references,
    needs,
    // JSON has no infinity
    requires: { ...requires, dimension: requires.dimension.map((n) => (Number.isFinite(n) ? n : null)) },
    settings: z.toJSONSchema(hyperparameters as SettingsSchema, { io: "input" }),
  };
}

function problemData({ name, summary, references, settings }: AnyProblem): object {
  return {
    kind: "problem",
    name,
    summary,
    references,
    settings: z.toJSONSchema(settings as SettingsSchema, { io: "input" }),
  };
}

function everything(): object {
  return {
    problems: Object.values(catalog.problems).map(problemData),
    optimizers: Object.values(catalog.optimizers).map(optimizerData),
  };
}

function rows(items: readonly { readonly name: string; readonly summary: string }[], style: Style): string {
  const width = Math.max(...items.map(({ name }) => name.length)) + 2;
  return items
    .map(
      ({ name, summary }) =>
        `  ${name.padEnd(width)}${wrap(summary, style.width - width - 2)
          .split("\n")
          .join(`\n${" ".repeat(width + 2)}`)}`,
    )
    .join("\n");
}

function overview(style: Style): string {
  const problems = Object.values(catalog.problems);
  const suite = problems.filter(({ name }) => /^bbob-f\d+$/.test(name));
  const families = new Map<string, AnyOptimizer[]>();
  for (const optimizer of Object.values(catalog.optimizers))
    families.set(optimizer.family, [...(families.get(optimizer.family) ?? []), optimizer]);
  const shownProblems = [
    ...problems.filter((problem) => !suite.includes(problem)),
    ...(suite.length === 0
      ? []
      : [{ name: `bbob-f1 … f${suite.length}`, summary: "The noiseless functions of the COCO benchmark." }]),
  ];
  return [
    bold("Problems", style),
    rows(shownProblems, style),
    "",
    bold("Optimizers", style),
    ...[...families].flatMap(([family, members]) => [quiet(family, style), rows(members, style)]),
    "",
    bold("Presets", style),
    rows(
      Object.entries(presets).map(([name, { summary }]) => ({ name, summary })),
      style,
    ),
    "",
    "basin list <name> shows the settings of one.",
  ].join("\n");
}

function optimizerText(optimizer: AnyOptimizer, style: Style): string {
  const { requires, needs } = optimizer;
  const [least, most] = requires.dimension as readonly [number, number];
  return [
    `${bold(optimizer.name, style)} (${optimizer.family}). ${optimizer.summary}`,
    "",
    `asks       ${(needs as readonly string[]).join(", ")}`,
    `searches   ${(requires.encodings as readonly string[]).join(", ")}; ${most === Infinity ? `${least} or more` : `${least} to ${most}`} dimensions`,
    ...(requires.horizon === true ? ["horizon    its course depends on the budget"] : []),
    "",
    settingsText(optimizer.hyperparameters as SettingsSchema, optimizer.name, style),
    ...referencesText(optimizer.references, style),
  ].join("\n");
}

function problemText(problem: AnyProblem, style: Style): string {
  return [
    `${bold(problem.name, style)}. ${problem.summary}`,
    "",
    settingsText(problem.settings as SettingsSchema, problem.name, style),
    ...referencesText(problem.references, style),
  ].join("\n");
}

function referencesText(references: readonly string[], style: Style): string[] {
  if (references.length === 0) return [];
  return ["", quiet("from", style), ...references.map((text) => wrap(text, style.width, "    ", "  "))];
}

interface JsonSetting {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

function settingsText(schema: SettingsSchema, who: string, style: Style): string {
  const names = Object.keys(schema.shape);
  if (names.length === 0) return "It has no settings.";
  const defaults = parseSettings(schema, {}, who) as Record<string, unknown>;
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as {
    properties?: Record<string, JsonSetting>;
  };
  return names
    .map((name) => {
      const meta = (schema.shape[name] as { meta(): Partial<SettingMeta> | undefined }).meta() ?? {};
      const values = valuesOf(json.properties?.[name] ?? {}, meta);
      const head = `  ${bold(name, style)} = ${JSON.stringify(defaults[name])}${values === "" ? "" : quiet(`   ${values}`, style)}`;
      return `${head}\n${wrap(meta.help ?? meta.label ?? "", style.width, "      ", "      ")}`;
    })
    .join("\n");
}

function valuesOf(setting: JsonSetting, meta: Partial<SettingMeta>): string {
  if (setting.enum !== undefined) return setting.enum.join(" | ");
  const low = setting.minimum ?? setting.exclusiveMinimum;
  const high = setting.maximum ?? setting.exclusiveMaximum;
  const huge = (value: number | undefined): boolean =>
    value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER;
  const open = (exclusive: number | undefined): string => (exclusive === undefined ? "≥" : ">");
  const bounds = [
    huge(low) ? "" : `${open(setting.exclusiveMinimum)} ${low}`,
    huge(high) ? "" : `${setting.exclusiveMaximum === undefined ? "≤" : "<"} ${high}`,
  ].filter((part) => part !== "");
  const usual =
    meta.range === undefined
      ? []
      : [`usually ${meta.range[0]} to ${meta.range[1]}${meta.scale === "log" ? ", log scale" : ""}`];
  const kind = setting.type === "integer" ? ["whole"] : setting.type === "boolean" ? ["true or false"] : [];
  return [...kind, ...bounds, ...usual].join(", ");
}
