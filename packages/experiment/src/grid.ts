// Settings that stand for several: a list of values, or a range, becomes one entry for each value.
import { pow } from "@basin/math";
import { z, type SettingMeta, type SettingsSchema } from "@basin/objective";

/** "from 1e-4 to 1e-1 in 4 steps": evenly spaced, on the scale of the setting unless another is named. */
export interface Range {
  readonly from: number;
  readonly to: number;
  /** How many values, both ends included. */
  readonly steps: number;
  readonly scale?: "linear" | "log";
}

const range = z.strictObject({
  from: z.number(),
  to: z.number(),
  steps: z.int().min(2).max(1000),
  scale: z.enum(["linear", "log"]).optional(),
});

/** More entries than this are a mistake. */
const MOST = 10_000;

type Given = Readonly<Record<string, unknown>>;

/**
 * All combinations of the values that settings stand for, the last setting changing fastest. A list or a range that is
 * itself a value of its setting stands for itself. Undefined where there are more than anyone can mean.
 */
export function expand(settings: Given, schema: SettingsSchema): Given[] | undefined {
  let all: Given[] = [{}];
  for (const [name, value] of Object.entries(settings)) {
    const values = valuesOf(
      value,
      Object.hasOwn(schema.shape, name) ? (schema.shape[name] as z.ZodType) : undefined,
    );
    if (all.length * values.length > MOST) return undefined;
    all = all.flatMap((before) => values.map((one) => ({ ...before, [name]: one })));
  }
  return all;
}

function valuesOf(value: unknown, schema: z.ZodType | undefined): readonly unknown[] {
  if (schema === undefined || typeof value !== "object" || value === null) return [value];
  if (schema.safeParse(value).success) return [value];
  if (Array.isArray(value)) return value.length === 0 ? [value] : value;
  const read = range.safeParse(value);
  return read.success ? spaced(read.data as Range, schema) : [value];
}

/** The values of a range; whole where the setting takes only whole numbers, each once. */
function spaced({ from, to, steps, scale }: Range, schema: z.ZodType): number[] {
  const meta = (schema.meta() ?? {}) as Partial<SettingMeta>;
  const log = (scale ?? meta.scale) === "log" && from > 0 && to > 0;
  const at = (i: number): number => {
    const share = i / (steps - 1);
    if (i === steps - 1) return to;
    const value = log ? from * pow(to / from, share) : from + (to - from) * share;
    // 0.001, not 0.0009999999999999998: what is shown is what is run
    return Number(value.toPrecision(12));
  };
  const whole = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }).type === "integer";
  const values = Array.from({ length: steps }, (_, i) => (whole ? Math.round(at(i)) : at(i)));
  return [...new Set(values)];
}
