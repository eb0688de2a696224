// The schedule of a plan: steps that share their first axis become a pipeline, which runs block of rows by block of rows,
// so that what one step writes is still in the cache when the next one reads it.
import type { Plan } from "./plan.ts";
import { readsOf, isTrailing, type Reduction, type Step } from "./steps.ts";
import { knownValue } from "../../ops/leaves.ts";
import { gemmOf } from "./gemm.ts";
import type { Buffer, Place } from "./place.ts";

export interface Member {
  readonly step: Step;
  /** Of a contraction: the label of the rows. */
  readonly label: number | undefined;
}

export interface Pipeline {
  readonly kind: "pipeline";
  readonly rows: number;
  /** Rows in a block. */
  readonly block: number;
  readonly members: readonly Member[];
  /** Buffers that hold one block only. */
  readonly local: ReadonlySet<Buffer>;
  /** Results that grow from block to block: they begin as zeros (or as what a reduction starts from). */
  readonly totals: ReadonlySet<Buffer>;
  /** Reductions whose lanes go on from block to block. */
  readonly lanes: readonly Reduction[];
  readonly ahead: Ahead | undefined;
}

/** A matrix that comes from beyond the cache: while one block of its rows is worked on, the next one is touched. */
export interface Ahead {
  readonly buffer: Buffer;
  /** Lines to touch in each turn of a contraction. */
  readonly lines: number;
}

export type Item = Step | Pipeline;

/** Bytes that a block of rows should move at most: most of a first-level cache. */
const BLOCK_BYTES = 32_768;
/** Operations below which cutting rows gains nothing. */
const WORTHWHILE = 20_000;
/** More rows are not needed in a block. */
const MOST = 128;
/** So many rows are enough for the work between two blocks not to count. */
const ENOUGH = 32;
/** Fewer rows are not cut. */
const FEW = 96;
/** Rows of a block that sums of products go over: each block loads and stores all sums. */
const SUMMED = 32;

/** Matrices of more bytes come from beyond the second-level cache. */
const FAR = 1_000_000;
/** Bytes of a block where the next one has to fit into the first-level cache too; and its fewest rows. */
const AHEAD_BYTES = 20_000;
const AHEAD_ROWS = 16;
/** Bytes that come to a cache together. */
export const LINE = 64;

interface Use {
  readonly place: Place;
  /** The stride along the rows; undefined where the use has no such axis. */
  readonly rowStride: number | undefined;
}

export function scheduleOf(plan: Plan, bytes: number): Item[] {
  return schedule(plan, [...plan.steps], bytes);
}

function schedule(plan: Plan, steps: readonly Step[], bytes: number): Item[] {
  for (const rows of busiestLengths(steps)) {
    const items = alongRows(plan, steps, rows, bytes);
    if (items !== undefined) return items;
  }
  return [...steps];
}

/** The steps with a pipeline over these rows; undefined where one would not be cut into blocks. */
function alongRows(plan: Plan, steps: readonly Step[], rows: number, bytes: number): Item[] | undefined {
  const before: Step[] = [];
  const members: Member[] = [];
  const after: Step[] = [];
  /** What the pipeline writes: rows that are ready in their block, or totals that are ready after the last. */
  const written = new Map<Buffer, "rows" | "total">();
  const late = new Set<Buffer>();
  for (const step of steps) {
    const reads = placesRead(plan, step).map((place) => place.buffer);
    const free = !reads.some((buffer) => late.has(buffer) || written.has(buffer));
    const role =
      reads.some((buffer) => late.has(buffer)) || (free && isReadAcross(plan, step, rows))
        ? undefined
        : roleOf(plan, step, rows, written);
    if (role !== undefined) {
      members.push({ step, label: role.label });
      for (const [buffer, kind] of role.writes) written.set(buffer, kind);
    } else if (reads.some((buffer) => late.has(buffer) || written.has(buffer))) {
      after.push(step);
      for (const buffer of buffersWritten(step)) late.add(buffer);
    } else before.push(step);
  }
  if (members.length < 2) return undefined;
  const pipeline = pipelineOf(plan, rows, members, written, bytes);
  if (pipeline === undefined) return undefined;
  // Nothing before or after can be of the same length and fit, but may be of another.
  const rest = (some: readonly Step[]): Item[] => (some.length < 2 ? [...some] : schedule(plan, some, bytes));
  return [...rest(before), pipeline, ...rest(after)];
}

/** Whether a loop reads what a step writes in another order than by rows: then it had better be there before. */
function isReadAcross(plan: Plan, step: Step, rows: number): boolean {
  const readings = readingsOf(plan);
  return buffersWritten(step).some((buffer) =>
    readings.get(buffer)?.some((place) => place.strides[0] !== buffer.size / rows),
  );
}

const readingsByPlan = new WeakMap<Plan, Map<Buffer, Place[]>>();

/** Where loops read each buffer. */
function readingsOf(plan: Plan): ReadonlyMap<Buffer, readonly Place[]> {
  let readings = readingsByPlan.get(plan);
  if (readings !== undefined) return readings;
  readings = new Map();
  for (const step of plan.steps) {
    if (step.kind !== "loop") continue;
    for (const place of placesRead(plan, step)) {
      const list = readings.get(place.buffer);
      if (list === undefined) readings.set(place.buffer, [place]);
      else list.push(place);
    }
  }
  readingsByPlan.set(plan, readings);
  return readings;
}

/** Lengths of first axes along which most work is done, the most first. */
function busiestLengths(steps: readonly Step[]): number[] {
  const work = new Map<number, number>();
  const count = (length: number | undefined, amount: number): void => {
    if (length !== undefined && length > 1) work.set(length, (work.get(length) ?? 0) + amount);
  };
  for (const step of steps) {
    if (step.kind === "loop")
      count(step.shape[0], step.shape.reduce((a, b) => a * b, 1) * (1 + step.nodes.length));
    if (step.kind === "contract") {
      const { node, labels } = step;
      const amount = node.op.operations(node);
      count(lengthOf(step, labels.out[0]), amount);
      count(
        lengthOf(
          step,
          labels.a.find((label) => !labels.out.includes(label)),
        ),
        amount,
      );
    }
  }
  return [...work]
    .filter(([, amount]) => amount >= WORTHWHILE)
    .sort((a, b) => b[1] - a[1] || b[0] - a[0])
    .slice(0, 3)
    .map(([length]) => length);
}

function lengthOf(step: Step & { kind: "contract" }, label: number | undefined): number | undefined {
  if (label === undefined) return undefined;
  const [A, B] = [step.node.inputs[0]!.shape, step.node.inputs[1]!.shape];
  return A[step.labels.a.indexOf(label)] ?? B[step.labels.b.indexOf(label)];
}

const known = new WeakMap<Step, readonly Place[]>();

/** The places that a step reads; asked often, so kept. Only for plans that are made. */
export function placesRead(plan: Plan, step: Step): readonly Place[] {
  let places = known.get(step);
  if (places === undefined) known.set(step, (places = findPlaces(plan, step)));
  return places;
}

function findPlaces(plan: Plan, step: Step): Place[] {
  if (step.kind === "contract") return [step.a, step.b];
  if (step.kind === "host") return [...step.inputs];
  return readsOf(step)
    .filter((value) => knownValue(value) === undefined)
    .map((value) => plan.placeOf(value));
}

export function buffersWritten(step: Step): Buffer[] {
  if (step.kind !== "loop") return [step.out.buffer];
  return [
    ...step.stores.map((one) => one.place.buffer),
    ...[...step.reductions, ...step.shifts].map((one) => one.out.buffer),
  ];
}

interface Role {
  readonly label: number | undefined;
  readonly writes: readonly (readonly [Buffer, "rows" | "total"])[];
}

/** How a step takes part in a pipeline over `rows`; undefined where it cannot. */
function roleOf(
  plan: Plan,
  step: Step,
  rows: number,
  written: ReadonlyMap<Buffer, "rows" | "total">,
): Role | undefined {
  const fits = (uses: readonly Use[]): boolean =>
    uses.every(({ place, rowStride }) => {
      const kind = written.get(place.buffer);
      return (
        kind === undefined ||
        (kind === "rows" && rowStride === place.buffer.size / rows && place.offset < rowStride)
      );
    });
  if (step.kind === "loop") {
    if (step.shape[0] !== rows || (step.shifts.length > 0 && step.shape.length === 1)) return undefined;
    if (!fits(placesRead(plan, step).map((place) => ({ place, rowStride: place.strides[0] }))))
      return undefined;
    const whole = ({ buffer, strides, offset }: Place): boolean =>
      strides[0] === buffer.size / rows && offset < Math.max(1, strides[0]!);
    return {
      label: undefined,
      writes: [
        ...step.stores.map(({ place }) => [place.buffer, whole(place) ? "rows" : "total"] as const),
        ...step.shifts.map(({ out }) => [out.buffer, whole(out) ? "rows" : "total"] as const),
        ...step.reductions.map((one) => [one.out.buffer, one.from === 0 ? "total" : "rows"] as const),
      ],
    };
  }
  if (step.kind !== "contract") return undefined;
  const { labels } = step;
  const candidates = [
    [labels.out[0], "rows"],
    [labels.a.find((label) => !labels.out.includes(label)), "total"],
  ] as const;
  for (const [label, kind] of candidates) {
    if (label === undefined || lengthOf(step, label) !== rows) continue;
    const use = (place: Place, names: readonly number[]): Use => {
      const at = names.indexOf(label);
      return { place, rowStride: at < 0 ? undefined : place.strides[at] };
    };
    if (fits([use(step.a, labels.a), use(step.b, labels.b)]))
      return { label, writes: [[step.out.buffer, kind]] };
  }
  return undefined;
}

/** The pipeline of these members; undefined where its rows would not be cut into blocks. */
function pipelineOf(
  plan: Plan,
  rows: number,
  members: readonly Member[],
  written: ReadonlyMap<Buffer, "rows" | "total">,
  bytes: number,
): Pipeline | undefined {
  const summed = members.some(
    ({ step }) => step.kind === "contract" && written.get(step.out.buffer) === "total",
  );
  if (summed && rows <= FEW) return undefined;
  const buffers = new Set(
    members.flatMap(({ step }) => [
      ...buffersWritten(step),
      ...placesRead(plan, step).map((place) => place.buffer),
    ]),
  );
  const perRow = [...buffers]
    .filter((buffer) => buffer.size >= rows && buffer.size % rows === 0 && written.get(buffer) !== "total")
    .reduce((sum, buffer) => sum + (buffer.size / rows) * bytes, 0);
  if (perRow * rows <= BLOCK_BYTES / 2) return undefined;
  const lanes = members.flatMap(({ step }) =>
    step.kind === "loop"
      ? step.reductions.filter((one) => one.from === 0 && isTrailing(step.shape, one))
      : [],
  );
  const tiled = members.some(
    ({ step, label }) => step.kind === "contract" && label !== undefined && isRowOfTile(step, label),
  );
  const grain = lanes.length > 0 ? 8 : tiled ? 4 : 1;
  if (!summed && rows <= grain) return undefined;
  const ahead = aheadOf(members, bytes);
  const least = !summed ? grain : ahead === undefined ? SUMMED : AHEAD_ROWS;
  const most = Math.trunc((ahead === undefined ? BLOCK_BYTES : AHEAD_BYTES) / Math.max(1, perRow));
  const block = blockOf(rows, Math.max(least, Math.min(MOST, most)), grain);
  if (block === rows) return undefined;
  const steps = new Set(members.map((member) => member.step));
  const readOutside = new Set<Buffer>();
  for (const step of plan.steps)
    if (!steps.has(step)) for (const place of placesRead(plan, step)) readOutside.add(place.buffer);
  const local = new Set<Buffer>();
  for (const [buffer, kind] of written)
    if (kind === "rows" && !buffer.pinned && !readOutside.has(buffer)) local.add(buffer);
  const totals = new Set([...written].filter(([, kind]) => kind === "total").map(([buffer]) => buffer));
  return { kind: "pipeline", rows, block, members, local, totals, lanes, ahead };
}

/** The large matrix whose rows are read several at a time, in the order that caches foresee least. */
function aheadOf(members: readonly Member[], bytes: number): Ahead | undefined {
  const width = 16 / bytes;
  const readers = members.flatMap(({ step, label }) =>
    step.kind === "contract" ? [gemmOf(step, width, bytes, label)] : [],
  );
  const matrix = readers.find(({ b, n, reading, outer }) => {
    const length = n.length * b.strides.reduce((most, stride) => Math.max(most, stride), 0);
    return reading === "apart" && outer.length === 0 && length * bytes > FAR;
  });
  if (matrix === undefined) return undefined;
  const { buffer } = matrix.b;
  const turns = readers.filter(({ a, b }) => a.buffer === buffer || b.buffer === buffer).length;
  // A turn of the unpacking reads two terms of eight rows.
  return { buffer, lines: Math.ceil((16 * bytes) / LINE / turns) };
}

/** Rows of a block: at most so many, a multiple of the grain, and a divisor of all rows if there is one: then none are left. */
function blockOf(rows: number, most: number, grain: number): number {
  const largest = Math.max(grain, Math.trunc(most / grain) * grain);
  const least = Math.min(largest / 2, Math.max(largest / 4, ENOUGH));
  for (let block = largest; block > least; block -= grain) if (rows % block === 0) return block;
  return Math.min(largest, rows);
}

/** Whether the rows of a pipeline are the rows of register tiles, so that a block should hold several. */
function isRowOfTile(step: Step & { kind: "contract" }, label: number): boolean {
  const { a, b, out } = step.labels;
  const [inA, inB] = [a.includes(label), b.includes(label)];
  // Columns are of the operand that has the last axis; rows are of the other.
  return out.includes(label) && inA !== inB && !(inA ? a : b).includes(out[out.length - 1]!);
}
