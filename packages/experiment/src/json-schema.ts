// The JSON Schema of experiment files (draft 2020-12): what editors complete and check while one writes.
import { z, type SettingsSchema } from "@basin/objective";
import type { Catalog } from "@basin/runner";

type Json = Readonly<Record<string, unknown>>;

const range: Json = {
  type: "object",
  description: "Evenly spaced values, both ends included.",
  properties: {
    from: { type: "number" },
    to: { type: "number" },
    steps: { type: "integer", minimum: 2 },
    scale: { enum: ["linear", "log"] },
  },
  required: ["from", "to", "steps"],
  additionalProperties: false,
};

/** Settings of one entry; each may be a list or a range, which stands for one entry a value. */
function settingsOf(schema: SettingsSchema): Json {
  const { properties = {} } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, property]) => {
        const { label, help, ...one } = property as Record<string, unknown>;
        const numeric = one["type"] === "number" || one["type"] === "integer";
        return [
          name,
          {
            title: label,
            description: help,
            default: one["default"],
            anyOf: [
              one,
              { type: "array", items: one, minItems: 1 },
              ...(numeric ? [{ $ref: "#/$defs/range" }] : []),
            ],
          },
        ];
      }),
    ),
  };
}

function entriesOf(
  items: Readonly<Record<string, { readonly summary: string }>>,
  schemaOf: (name: string) => SettingsSchema,
): Json {
  const names = Object.keys(items);
  return {
    type: "array",
    minItems: 1,
    items: {
      anyOf: [
        { enum: names },
        { type: "string", pattern: "\\*$", description: "All names that begin so: bbob-*." },
        ...names.map((name) => ({
          type: "object",
          description: items[name]!.summary,
          properties: {
            name: { const: name },
            label: { type: "string", minLength: 1, description: "What tables and pictures call it." },
            settings: settingsOf(schemaOf(name)),
          },
          required: ["name"],
        })),
      ],
    },
  };
}

/** The schema of experiments over this catalog: names, and the settings of each. */
export function experimentJsonSchema(catalog: Catalog): Json {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "An experiment of basin",
    $defs: { range },
    type: "object",
    properties: {
      $schema: { type: "string" },
      problems: entriesOf(catalog.problems, (name) => catalog.problems[name]!.settings as SettingsSchema),
      optimizers: entriesOf(
        catalog.optimizers,
        (name) => catalog.optimizers[name]!.hyperparameters as SettingsSchema,
      ),
      replicates: { type: "integer", minimum: 1, default: 15, description: "How many seeds." },
      budget: {
        anyOf: [
          { type: "number", exclusiveMinimum: 0, maximum: 1e12 },
          { type: "string", pattern: "^\\d+(\\.\\d+)?(e\\+?\\d+)?n$" },
        ],
        default: 2000,
        examples: [2000, "1000n"],
        description:
          'Evaluations a run may spend, in units of one full f(x); "1000n": a thousand for each coordinate of its problem.',
      },
      seed: { type: "integer", minimum: 0, default: 1, description: "Root of all randomness." },
      target: { type: "number", description: "A run stops once its loss is at or below this." },
      record: {
        type: "object",
        description: "What is kept of each run beside its trace, for maps of the search.",
        properties: {
          points: { type: "boolean", description: "The recommended point at each point of the grid." },
          asked: {
            type: "integer",
            minimum: 1,
            description: "So many of the points asked in each interval.",
          },
        },
        additionalProperties: false,
      },
    },
    required: ["problems", "optimizers"],
    additionalProperties: false,
  };
}
