// State in the URL's fragment: readable where names say it all, compressed JSON for the rest.
import { parseBudget, type Tuning } from "@basin/experiment";
import {
  defaultConfig,
  defaultView,
  freeLabel,
  type Config,
  type Task,
  type View,
  type XAxis,
} from "./config.ts";

async function through(
  stream: ReadableWritablePair<Uint8Array, BufferSource>,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  const piped = new Blob([bytes as BlobPart]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(piped as ReadableStream).arrayBuffer());
}

async function pack(value: unknown): Promise<string> {
  const bytes = await through(
    new CompressionStream("deflate-raw"),
    new TextEncoder().encode(JSON.stringify(value)),
  );
  let text = "";
  for (const byte of bytes) text += String.fromCodePoint(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

async function unpack(text: string): Promise<unknown> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.codePointAt(0)!);
  return JSON.parse(new TextDecoder().decode(await through(new DecompressionStream("deflate-raw"), bytes)));
}

const plain = (settings: object): boolean => Object.keys(settings).length === 0;

/** Whether names and numbers alone say it: no settings, and labels as they would be given anyway. */
function readable(config: Config): boolean {
  const taken: string[] = [];
  for (const { name, label, settings, tuning } of config.entrants) {
    if (!plain(settings) || label !== freeLabel(name, taken) || tuning !== undefined) return false;
    taken.push(label);
  }
  return (
    config.target === undefined &&
    config.problems.every(({ settings, label }) => plain(settings) && label === undefined)
  );
}

/** The fragment, without "#"; "" for the default state. */
export async function toAddress(config: Config, view: View): Promise<string> {
  const parts: string[] = [];
  if (readable(config)) {
    const names = (items: readonly { readonly name: string }[]): string =>
      items.map(({ name }) => name).join(",");
    if (names(config.problems) !== names(defaultConfig.problems))
      parts.push(`problem=${names(config.problems)}`);
    if (names(config.entrants) !== names(defaultConfig.entrants))
      parts.push(`optimizers=${names(config.entrants)}`);
    for (const [key, name] of [
      ["replicates", "seeds"],
      ["budget", "budget"],
      ["seed", "seed"],
    ] as const)
      if (config[key] !== defaultConfig[key]) parts.push(`${name}=${config[key]}`);
  } else parts.push(`state=${await pack(config)}`);
  if (view.axis !== defaultView.axis) parts.push(`x=${view.axis}`);
  if (view.xScale !== defaultView.xScale) parts.push(`xscale=${view.xScale}`);
  if (view.yScale !== defaultView.yScale) parts.push(`yscale=${view.yScale}`);
  return parts.join("&");
}

const record = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A config in shape; its names and values are checked when the experiment is parsed. */
function shaped(value: unknown): Config {
  const given = record(value) ? (value["problems"] ?? [value["problem"]]) : undefined;
  if (!record(value) || !Array.isArray(given) || !given.some(record) || !Array.isArray(value["entrants"]))
    throw new TypeError("address: the link's state is no experiment; open the page without it.");
  const settingsOf = (item: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    record(item["settings"]) ? item["settings"] : {};
  const taken: string[] = [];
  const entrants = value["entrants"].filter(record).map((entrant) => {
    const name = String(entrant["name"]);
    const wanted = typeof entrant["label"] === "string" && entrant["label"] !== "" ? entrant["label"] : name;
    const label = freeLabel(wanted, taken);
    taken.push(label);
    const { tuning } = entrant;
    return {
      name,
      label,
      settings: settingsOf(entrant),
      ...(record(tuning) ? { tuning: tuning as unknown as Tuning } : {}),
    };
  });
  const problems = given.filter(record).map((problem): Task => {
    const { label } = problem;
    return {
      name: String(problem["name"]),
      settings: settingsOf(problem),
      ...(typeof label === "string" ? { label } : {}),
    };
  });
  const number = (key: "replicates" | "seed"): number => {
    const one = Number(value[key]);
    return Number.isFinite(one) ? one : defaultConfig[key];
  };
  return {
    problems,
    entrants,
    replicates: number("replicates"),
    budget: budgetFrom(value["budget"]) ?? defaultConfig.budget,
    seed: number("seed"),
    ...(typeof value["target"] === "number" ? { target: value["target"] } : {}),
  };
}

/** 2000, "2000", "1000n" or "1000 n"; undefined for what is no budget. */
export function budgetFrom(given: unknown): Config["budget"] | undefined {
  const text = String(given ?? "").replaceAll(/[\s,_]/g, "");
  if (text === "") return undefined;
  try {
    return parseBudget(Number.isNaN(Number(text)) ? text : Number(text));
  } catch {
    return undefined;
  }
}

/**
 * Reads what toAddress wrote.
 * @throws where a compressed state is damaged.
 */
export async function fromAddress(fragment: string): Promise<{ config: Config; view: View }> {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const packed = given.get("state");
  const whole = (key: string, otherwise: number): number => {
    const text = given.get(key);
    return text === null || text === "" || !Number.isFinite(Number(text)) ? otherwise : Number(text);
  };
  const names = (key: string): readonly { readonly name: string }[] | undefined =>
    given
      .get(key)
      ?.split(",")
      .filter((name) => name !== "")
      .map((name) => ({ name }));
  const config =
    packed !== null
      ? shaped(await unpack(packed))
      : shaped({
          problems: names("problem") ?? defaultConfig.problems,
          entrants: names("optimizers") ?? defaultConfig.entrants,
          replicates: whole("seeds", defaultConfig.replicates),
          budget: given.get("budget"),
          seed: whole("seed", defaultConfig.seed),
        });
  const axes: readonly XAxis[] = ["cost", "queries", "examples", "seconds"];
  const axis = axes.find((name) => name === given.get("x")) ?? defaultView.axis;
  const scale = (key: string, otherwise: View["xScale"]): View["xScale"] => {
    const text = given.get(key);
    return text === "log" || text === "linear" ? text : otherwise;
  };
  return {
    config,
    view: { axis, xScale: scale("xscale", defaultView.xScale), yScale: scale("yscale", defaultView.yScale) },
  };
}
