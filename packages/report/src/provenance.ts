// Where a figure comes from: the experiment, its fingerprint and basin's version stand in the metadata of the SVG or PNG, and come out as a command.
import {
  fingerprint,
  settingsInWords,
  version,
  type ExperimentResult,
  type ExperimentSpec,
} from "@basin/experiment";
import { textIn, withText } from "./png-text.ts";

export interface Provenance {
  /** The version that drew it. */
  readonly basin: string;
  /** Of the experiment. */
  readonly fingerprint: string;
  /** "curves", "ecdf-sphere" … */
  readonly figure: string;
  readonly spec: ExperimentSpec;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const unescaped = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** The text of the SVG with its provenance inside. */
export function withProvenance(svg: string, result: ExperimentResult, figure: string): string {
  const { spec } = result;
  const provenance: Provenance = { basin: version, fingerprint: fingerprint(result), figure, spec };
  const end = /^<svg\b[^>]*>/.exec(svg)?.[0].length ?? 0;
  return `${svg.slice(0, end)}<metadata>${escaped(JSON.stringify(provenance))}</metadata>${svg.slice(end)}`;
}

/** The keyword of the text in a PNG. */
const KEYWORD = "basin";

/**
 * The bytes of a PNG that was drawn from a figure's SVG, with the same provenance inside (as an iTXt chunk).
 * @throws RangeError where the SVG is no figure of basin's, or the bytes are no PNG.
 */
export function pngWithProvenance(png: Uint8Array, svg: string): Uint8Array<ArrayBuffer> {
  return withText(png, KEYWORD, JSON.stringify(provenanceOf(svg)));
}

/**
 * What a figure says of itself: the text of an SVG, or the bytes of a PNG.
 * @throws RangeError where it is no figure of basin's.
 */
export function provenanceOf(figure: string | Uint8Array): Provenance {
  const text = typeof figure === "string" ? inSvg(figure) : textIn(figure, KEYWORD);
  let read: unknown;
  try {
    read = text === undefined ? undefined : JSON.parse(text);
  } catch {
    // told below
  }
  if (typeof read !== "object" || read === null || !("basin" in read) || !("spec" in read))
    throw new RangeError("provenanceOf: there is no experiment inside; give a figure that basin drew.");
  return read as Provenance;
}

function inSvg(svg: string): string | undefined {
  const text = /<metadata>([\s\S]*?)<\/metadata>/.exec(svg)?.[1];
  return text === undefined ? undefined : unescaped(text);
}

/**
 * The command that draws a figure anew, from its metadata. Where the experiment does not fit on a line, the figure itself is the file of
 * the experiment: `file` is its name.
 * @throws RangeError where it is no figure of basin's.
 */
export function commandOf(figure: string | Uint8Array, file = "figure.svg"): string {
  const { spec } = provenanceOf(figure);
  return `${runCommand(spec) ?? `basin show ${quoted(file)} --spec > experiment.json && basin run experiment.json -o out/`} && basin report out/`;
}

/** As words of a command line; undefined where labels, settings or the effort of tuning need a file. */
export function runCommand(spec: ExperimentSpec): string | undefined {
  const problems = inWords(spec.problems);
  const optimizers = inWords(spec.optimizers);
  const tuned = spec.optimizers.some(({ tuning }) => tuning !== undefined);
  if (problems === undefined || optimizers === undefined || tuned) return undefined;
  const target = spec.target === undefined ? "" : ` --target ${spec.target}`;
  const line = `basin run ${problems} --optimizers ${optimizers} --seeds ${spec.replicates} --budget ${spec.budget} --seed ${spec.seed}${target} -o out/`;
  return line.length > 400 ? undefined : line;
}

type Entry = ExperimentSpec["problems"][number];

function inWords(entries: readonly Entry[]): string | undefined {
  const words = entries.map((entry) => wordsOf(entry, entries));
  return words.includes(undefined) ? undefined : words.join(",");
}

/** Undefined where the label is not the one that the words would be given. */
function wordsOf({ name, settings, label }: Entry, entries: readonly Entry[]): string | undefined {
  const alone = entries.filter((other) => other.name === name).length === 1;
  const said = alone ? "" : settingsInWords(settings);
  if (label !== (said === "" ? name : `${name} ${said}`)) return undefined;
  const parts = Object.entries(settings).map(([key, value]) =>
    (typeof value === "number" && Number.isFinite(value)) ||
    typeof value === "boolean" ||
    (typeof value === "string" && /^(?!true$|false$|null$)[a-z][\w.-]*$/i.test(value))
      ? `${key}=${String(value)}`
      : undefined,
  );
  return parts.includes(undefined) ? undefined : [name, ...parts].join(":");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
