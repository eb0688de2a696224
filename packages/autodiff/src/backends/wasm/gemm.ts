// A contraction made ready for code: its labels sorted into one row loop (m), one column loop (n), one summed loop (k) and
// outer loops around them; and how the second operand is read.
import type { Buffer, Place } from "./place.ts";
import type { ContractStep } from "./steps.ts";

/** A loop with the strides, in elements, with which it moves through a, b and the output; 0: not at all. */
export interface Loop {
  readonly label: number;
  length: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export interface Gemm {
  /** The operand whose numbers are spread over vectors, and the one that vectors are read from. */
  readonly a: Place;
  readonly b: Place;
  readonly out: Place;
  readonly m: Loop;
  readonly n: Loop;
  readonly k: Loop;
  /** Loops over results; then loops over contracted labels, in order. */
  readonly outer: readonly Loop[];
  readonly outerK: readonly Loop[];
  /**
   * direct: rows of b are contiguous along n. packed: b is copied to panels of a few columns first. apart: each lane sums along
   * its own row of b (products with vectors), or of both operands (where both have the loop n).
   */
  readonly reading: "direct" | "packed" | "apart";
  /** Vectors in each panel of columns. */
  readonly panels: readonly number[];
  /** Rows of a register tile. */
  readonly tileRows: number;
  /** Where panels are packed. */
  readonly scratch: Buffer | undefined;
}

const one: Loop = { label: -1, length: 1, a: 0, b: 0, c: 0 };

/** Sorts the loops of a contraction. `kept`: the label of the rows that a pipeline cuts into blocks; it is not joined. */
export function gemmOf(step: ContractStep, width: number, bytes: number, kept: number | undefined): Gemm {
  const { labels, node } = step;
  let [a, b] = [step.a, step.b];
  const lengthOf = (label: number): number => {
    const [A, B] = [node.inputs[0]!.shape, node.inputs[1]!.shape];
    return A[labels.a.indexOf(label)] ?? B[labels.b.indexOf(label)]!;
  };
  const stride = (names: readonly number[], place: Place, label: number): number => {
    const at = names.indexOf(label);
    return at < 0 ? 0 : place.strides[at]!;
  };
  const loop = (label: number): Loop => ({
    label,
    length: lengthOf(label),
    a: stride(labels.a, a, label),
    b: stride(labels.b, b, label),
    c: stride(labels.out, step.out, label),
  });
  const matters = (label: number): boolean => lengthOf(label) !== 1;
  const inA = (label: number): boolean => labels.a.includes(label);
  const inB = (label: number): boolean => labels.b.includes(label);
  const results = labels.out.filter(matters);
  const last = results[results.length - 1];
  const swapped = last !== undefined && inA(last) && !inB(last);
  const turn = (loops: Loop[]): Loop[] => (swapped ? loops.map((l) => ({ ...l, a: l.b, b: l.a })) : loops);
  const contracted = turn(
    labels.a.filter((label) => matters(label) && !labels.out.includes(label)).map(loop),
  );
  const free = turn(results.map(loop));
  if (swapped) [a, b] = [b, a];

  const join = (loops: Loop[]): Loop[] => {
    const joined: Loop[] = [];
    for (const next of loops) {
      const before = joined[joined.length - 1];
      const fits =
        before !== undefined &&
        before.label !== kept &&
        next.label !== kept &&
        (["a", "b", "c"] as const).every((x) => before[x] === next[x] * next.length);
      if (fits) joined[joined.length - 1] = { ...next, length: before.length * next.length };
      else joined.push(next);
    }
    return joined;
  };
  const ks = join(contracted);
  const columns = join(free.filter((l) => l.a === 0));
  const rows = join(free.filter((l) => l.b === 0 && l.a !== 0));
  const both = join(free.filter((l) => l.a !== 0 && l.b !== 0));
  const shared = last !== undefined && inA(last) && inB(last);
  const n = (shared ? both : columns).pop() ?? one;
  // The longest row loop is tiled; the others go around.
  const m = rows.reduce((best, l) => (l.length > best.length ? l : best), one);
  const k = ks.pop() ?? one;
  const outer = [...both, ...columns, ...rows.filter((l) => l !== m)];

  const contiguous = n.b === 1 || n.length === 1;
  const apart = shared || (!contiguous && m.length <= 3 && k.b === 1);
  const far = contiguous && k.label !== kept && k.length * k.b * bytes > 32_768 && m.length >= 16;
  const reading = apart ? "apart" : contiguous && !far ? "direct" : "packed";
  const vectors = Math.ceil(n.length / width);
  const panels = reading === "apart" ? [] : panelsOf(vectors, m.length);
  const tileRows = tileRowsOf(panels, m.length);
  const columnsWide = panels.reduce((sum, panel) => sum + panel, 0) * width;
  const scratch: Buffer | undefined =
    reading === "packed"
      ? { size: columnsWide * k.length, address: -1, pinned: false, writer: undefined }
      : undefined;
  return { a, b, out: step.out, m, n, k, outer, outerK: ks, reading, panels, tileRows, scratch };
}

/** The same contraction on a block of `count` rows of a pipeline that are its loop `label`; columns may be those rows. */
export function cutTo(gemm: Gemm, label: number, count: number, width: number): Gemm {
  const cut = (l: Loop): Loop => (l.label === label ? { ...l, length: count } : l);
  const n = cut(gemm.n);
  const panels =
    n === gemm.n || gemm.reading === "apart"
      ? gemm.panels
      : panelsOf(Math.ceil(n.length / width), gemm.m.length);
  return {
    ...gemm,
    m: cut(gemm.m),
    n,
    k: cut(gemm.k),
    outer: gemm.outer.map(cut),
    outerK: gemm.outerK.map(cut),
    panels,
    tileRows: panels === gemm.panels ? gemm.tileRows : tileRowsOf(panels, gemm.m.length),
  };
}

/** Panels of columns, in vectors: few enough for their tile to stay in 15 registers, none of a single vector if possible. */
function panelsOf(vectors: number, rows: number): number[] {
  const usual = rows === 1 ? 10 : rows <= 2 ? 4 : 2;
  if (vectors <= (rows === 1 ? 12 : 5)) return [vectors];
  const panels = new Array<number>(Math.trunc(vectors / usual)).fill(usual);
  const rest = vectors % usual;
  if (rest > 0 && rest + usual <= 3) panels[panels.length - 1] = rest + usual;
  else if (rest > 0) panels.push(rest);
  return panels;
}

function tileRowsOf(panels: readonly number[], rows: number): number {
  const widest = Math.max(1, ...panels);
  const most = [8, 8, 4, 3, 2, 2][widest] ?? 1;
  return Math.max(1, Math.min(most, rows));
}

/** Whether the second operand is the same for all rows and all outer loops, so that it is packed once. */
export function isPackedOnce(gemm: Gemm): boolean {
  return [...gemm.outer, ...gemm.outerK].every((l) => l.b === 0);
}
