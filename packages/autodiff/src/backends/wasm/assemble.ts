// A graph as one WebAssembly module: plan, schedule, addresses, code.
import type { Graph } from "../../graph.ts";
import type { Attributes } from "../../ir.ts";
import type { Shape } from "../../shape.ts";
import type { Precision } from "../backend.ts";
import { Code } from "./code.ts";
import { emitContract, emitPack, emitZeros } from "./emit-contract.ts";
import { emitIndexed, isIndexed } from "./emit-indexed.ts";
import { emitLaneResult, emitLoop, emitRareLoop, startOf } from "./emit-loop.ts";
import { op } from "./opcodes.ts";
import { encodeModule, type FunctionBody, type FunctionType, type ImportedFunction } from "./encoder.ts";
import { gemmOf, isPackedOnce, type Gemm } from "./gemm.ts";
import { Lanes, type Imports, type Pool } from "./lanes.ts";
import { addressOf, layOut } from "./layout.ts";
import type { Buffer } from "./place.ts";
import {
  isTrailing,
  planOf,
  type HostStep,
  type LoopStep,
  type Plan,
  type Reduction,
  type Step,
} from "./plan.ts";
import { scalePointer, type Rows } from "./rows.ts";
import { buffersWritten, LINE, scheduleOf, type Item, type Pipeline } from "./schedule.ts";

/** A region of memory: first byte, numbers. */
export interface Region {
  readonly address: number;
  readonly size: number;
}

/** What the host computes between pieces of code: an op by its name, by its own kernel. */
export interface HostCall {
  readonly op: string;
  readonly attributes: Attributes;
  readonly shape: Shape;
  readonly inputs: readonly { readonly region: Region; readonly shape: Shape }[];
  readonly out: Region;
}

/** A module and what is needed to run it: plain data. */
export interface Assembled {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly precision: Precision;
  readonly inputs: readonly Region[];
  readonly outputs: readonly Region[];
  /** Contents of memory before the first run. */
  readonly initial: readonly { readonly address: number; readonly data: Float64Array }[];
  readonly pool: { readonly address: number; readonly words: BigUint64Array };
  /** Functions on numbers that the code calls. */
  readonly functions: readonly string[];
  readonly calls: readonly HostCall[];
  readonly memory: number;
}

/** Code for arguments out of the common range, which few programs ever need: a module that shares the memory. */
export interface AssembledRare {
  /** Exports a function for each loop, by its number; given the first row of the block. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The constants of both modules. */
  readonly pool: BigUint64Array;
  readonly functions: readonly string[];
}

/** Vectors of equal lanes that the code loads. */
class ConstantPool implements Pool {
  private readonly known = new Map<bigint, number>();
  private readonly doubles = new Map<number, number>();
  private readonly singles = new Map<number, number>();
  private readonly address: number;
  private readonly room: number;
  constructor(address: number, room: number) {
    this.address = address;
    this.room = room;
  }
  bits(value: bigint): number {
    const word = BigInt.asUintN(64, value);
    let index = this.known.get(word);
    if (index === undefined) {
      index = this.known.size;
      if (index >= this.room) throw new Error("too many constants");
      this.known.set(word, index);
    }
    return this.address + 16 * index;
  }
  f64(value: number): number {
    return this.number(this.doubles, value, () => new BigUint64Array(Float64Array.of(value).buffer)[0]!);
  }
  f32(value: number): number {
    return this.number(this.singles, value, () => {
      const word = BigInt(new Uint32Array(Float32Array.of(value).buffer)[0]!);
      return (word << 32n) | word;
    });
  }
  private number(known: Map<number, number>, value: number, word: () => bigint): number {
    // A map does not tell −0 from 0.
    if (Object.is(value, -0)) return this.bits(word());
    let address = known.get(value);
    if (address === undefined) known.set(value, (address = this.bits(word())));
    return address;
  }
  words(): BigUint64Array {
    return BigUint64Array.from([...this.known.keys()].flatMap((word) => [word, word]));
  }
}

class ImportTable implements Imports {
  readonly list: ImportedFunction[] = [];
  index(name: string, arity: number): number {
    return this.typed(name, { parameters: new Array<"f64">(arity).fill("f64"), results: ["f64"] });
  }
  typed(name: string, type: FunctionType): number {
    let index = this.list.findIndex((one) => one.name === name);
    if (index < 0) {
      index = this.list.length;
      this.list.push({ name, type });
    }
    return index;
  }
}

/** Room for constants, in vectors: those of elementary functions, and one for each number in the graph. */
const ELEMENTARY_CONSTANTS = 160;

/** Functions are closed after so many bytes: compilers are slow on long ones. */
const LONG = 12_000;

/** The module of a graph; and how to make that of its rare loops, if it has any. */
export function assemble(
  graph: Graph,
  precision: Precision,
): { readonly assembled: Assembled; readonly rare: (() => AssembledRare) | undefined } {
  const bytes = precision === "f64" ? 8 : 4;
  const width = 16 / bytes;
  const plan = planOf(graph);
  const items = scheduleOf(plan, bytes);
  const gemms = new Map<Step, Gemm>();
  const labelOf = new Map<Step, number | undefined>();
  for (const item of items)
    for (const { step, label } of item.kind === "pipeline"
      ? item.members
      : [{ step: item, label: undefined }]) {
      labelOf.set(step, label);
      if (step.kind === "contract") gemms.set(step, gemmOf(step, width, bytes, label));
    }
  const room = ELEMENTARY_CONSTANTS + 2 * graph.nodes.filter((node) => node.op.name === "full").length;
  // Byte 0 on: constants; then lanes of reductions that go on; then buffers.
  const pool = new ConstantPool(0, room);
  const lanes = new Map<Reduction, number>();
  let start = 16 * room;
  for (const item of items)
    if (item.kind === "pipeline")
      for (const reduction of item.lanes) {
        lanes.set(reduction, start);
        start += 64;
      }
  for (const item of items) if (item.kind === "pipeline") shrinkLocals(item);
  const scratch = new Map(
    [...gemms].flatMap(([step, gemm]) => (gemm.scratch === undefined ? [] : [[step, gemm.scratch] as const])),
  );
  const end = layOut(plan, items, scratch, start, bytes);
  const emitter = new Emitter(plan, precision, gemms, lanes, pool);
  for (const item of items) emitter.item(item);
  const { functions, calls } = emitter.finish();
  const pages = Math.max(1, Math.ceil(Math.max(end, emitter.reach) / 65_536));
  const module = encodeModule([...emitter.imports.list], functions, pages);
  const region = (buffer: Buffer): Region => ({ address: buffer.address, size: buffer.size });
  const assembled: Assembled = {
    bytes: module,
    precision,
    inputs: plan.inputs.map(region),
    outputs: plan.outputs.map((place, k) => ({
      address: addressOf(place, bytes),
      size: graph.outputs[k]!.size,
    })),
    initial: plan.buffers.flatMap((buffer) =>
      buffer.data === undefined ? [] : [{ address: buffer.address, data: buffer.data }],
    ),
    pool: { address: 0, words: pool.words() },
    functions: emitter.imports.list.map((one) => one.name),
    calls,
    memory: pages * 65_536 + module.length,
  };
  return { assembled, rare: emitter.hasRare() ? () => emitter.rareModule(pages) : undefined };
}

function shrinkLocals(pipeline: Pipeline): void {
  for (const buffer of pipeline.local) buffer.size = (buffer.size / pipeline.rows) * pipeline.block;
}

/** The first row of a block: known, or in a local. */
type Start = number | { readonly local: number };
type RowsFrom = (start: Start) => Rows;

const BLOCK_START: FunctionType = { parameters: ["i32"], results: [] };

class Emitter {
  readonly imports = new ImportTable();
  private readonly plan: Plan;
  private readonly precision: Precision;
  private readonly gemms: ReadonlyMap<Step, Gemm>;
  private readonly lanes: ReadonlyMap<Reduction, number>;
  private readonly pool: ConstantPool;
  private readonly pieces: Code[] = [];
  private readonly calls: HostCall[] = [];
  private readonly rare: {
    readonly step: LoopStep;
    readonly rows: RowsFrom | undefined;
    readonly start: Start;
  }[] = [];
  private m: Lanes;
  /** The end of what is touched ahead of its use, which may lie beyond all buffers. */
  reach = 0;

  constructor(
    plan: Plan,
    precision: Precision,
    gemms: ReadonlyMap<Step, Gemm>,
    lanes: ReadonlyMap<Reduction, number>,
    pool: ConstantPool,
  ) {
    this.plan = plan;
    this.precision = precision;
    this.gemms = gemms;
    this.lanes = lanes;
    this.pool = pool;
    this.m = this.open();
  }

  private open(): Lanes {
    const code = new Code(0);
    this.pieces.push(code);
    return new Lanes(code, this.pool, this.imports, this.precision);
  }

  item(item: Item): void {
    if (this.m.code.body.length > LONG) this.m = this.open();
    if (item.kind === "pipeline") this.pipeline(item);
    else this.step(item);
  }

  /** The functions of the module: pieces, and `run`, which calls them. Indices follow those of all imports. */
  finish(): { functions: FunctionBody[]; calls: readonly HostCall[] } {
    const type = { parameters: [], results: [] };
    const pieces = this.pieces.map((code): FunctionBody => ({ type, locals: code.locals, body: code.body }));
    if (pieces.length === 1) return { functions: [{ ...pieces[0]!, exported: "run" }], calls: this.calls };
    const run = new Code(0);
    pieces.forEach((_, k) => run.call(this.imports.list.length + k));
    return {
      functions: [...pieces, { type, locals: [], body: run.body, exported: "run" }],
      calls: this.calls,
    };
  }

  private step(step: Step): void {
    const { m } = this;
    if (step.kind === "host") return this.host(step);
    if (step.kind === "contract") return emitContract(m, this.gemms.get(step)!, false, false);
    for (const reduction of step.reductions) this.startRows(reduction, step.shape);
    this.loop(step, undefined, 0);
  }

  private loop(step: LoopStep, rows: RowsFrom | undefined, start: Start): void {
    const { m } = this;
    emitLoop(m, step, rows?.(start), this.plan.placeOf, () => {
      if (typeof start === "number") m.code.i32(start);
      else m.code.get(start.local);
      m.code.call(this.imports.typed(`rare ${this.rare.length}`, BLOCK_START));
      this.rare.push({ step, rows, start });
    });
  }

  hasRare(): boolean {
    return this.rare.length > 0;
  }

  /** The loops for arguments of any size, as functions of the first row of their block. */
  rareModule(pages: number): AssembledRare {
    const imports = new ImportTable();
    const functions = this.rare.map(({ step, rows, start }, k): FunctionBody => {
      const code = new Code(1);
      const m = new Lanes(code, this.pool, imports, this.precision);
      const from = typeof start === "number" ? start : { local: 0 };
      emitRareLoop(m, step, rows?.(from), this.plan.placeOf);
      return { type: BLOCK_START, locals: code.locals, body: code.body, exported: String(k) };
    });
    return {
      bytes: encodeModule(imports.list, functions, pages, false),
      pool: this.pool.words(),
      functions: imports.list.map((one) => one.name),
    };
  }

  /** A reduction along rows begins as zeros, or as ∓∞. */
  private startRows(reduction: Reduction, shape: readonly number[]): void {
    if (isTrailing(shape, reduction)) return;
    const { m } = this;
    const { buffer } = reduction.out;
    const { size } = buffer;
    if (reduction.kind === "sum") return emitZeros(m, buffer.address, size * m.bytes);
    m.code.scoped(() => {
      const at = m.code.local("i32");
      m.code.setConstant(at, buffer.address);
      const start = m.constant(startOf(reduction));
      m.code.repeat(Math.trunc(size / m.width), () => {
        m.storePart(at, 0, m.width, m.bytes, start);
        m.code.increase(at, 16);
      });
      if (size % m.width > 0) m.storePart(at, 0, size % m.width, m.bytes, start);
    });
  }

  private host(step: HostStep): void {
    const { m } = this;
    const { node } = step;
    if (isIndexed(node))
      return emitIndexed(
        m,
        node,
        step.inputs.map((place) => addressOf(place, m.bytes)),
        addressOf(step.out, m.bytes),
      );
    const region = (place: HostStep["out"], size: number): Region => ({
      address: addressOf(place, m.bytes),
      size,
    });
    m.code.call(this.imports.index(`call ${this.calls.length}`, 0));
    m.code.op(op.drop);
    this.calls.push({
      op: node.op.name,
      attributes: node.attributes,
      shape: node.shape,
      inputs: step.inputs.map((place, k) => {
        const { shape, size } = node.inputs[k]!;
        return { region: region(place, size), shape };
      }),
      out: region(step.out, node.size),
    });
  }

  private pipeline(pipeline: Pipeline): void {
    const { m } = this;
    const packed = new Set<Step>();
    for (const { step } of pipeline.members) {
      if (step.kind === "contract") {
        const gemm = this.gemms.get(step)!;
        const ownRows = pipeline.members.some((other) => buffersWritten(other.step).includes(gemm.b.buffer));
        const moves = [gemm.m, gemm.n, gemm.k].some(
          (l) => l.label === this.labelOf(pipeline, step) && l.b !== 0,
        );
        if (gemm.reading === "packed" && isPackedOnce(gemm) && !ownRows && !moves) {
          emitPack(m, gemm);
          packed.add(step);
        }
        if (pipeline.totals.has(step.out.buffer))
          emitZeros(m, step.out.buffer.address, step.out.buffer.size * m.bytes);
      } else if (step.kind === "loop")
        for (const reduction of step.reductions) {
          const kept = this.lanes.get(reduction);
          if (kept === undefined) {
            if (reduction.from === 0) this.startRows(reduction, step.shape);
          } else this.startLanes(reduction, kept);
        }
    }
    const blocks = Math.trunc(pipeline.rows / pipeline.block);
    const rest = pipeline.rows % pipeline.block;
    if (blocks === 1) this.block(pipeline, packed, pipeline.block, 0);
    else
      m.code.scoped(() => {
        const start = { local: m.code.local("i32") };
        m.code.setConstant(start.local, 0);
        m.code.repeat(blocks, () => {
          this.block(pipeline, packed, pipeline.block, start);
          m.code.increase(start.local, pipeline.block);
        });
      });
    if (rest > 0) this.block(pipeline, packed, rest, blocks * pipeline.block);
    for (const reduction of pipeline.lanes) this.endLanes(reduction);
  }

  private labelOf(pipeline: Pipeline, step: Step): number | undefined {
    return pipeline.members.find((member) => member.step === step)!.label;
  }

  private block(pipeline: Pipeline, packed: ReadonlySet<Step>, count: number, start: Start): void {
    const { m } = this;
    const rowsFrom: RowsFrom = (from) => ({
      count,
      isLocal: (buffer) => pipeline.local.has(buffer),
      setPointer: (code, pointer, rowBytes) => scalePointer(code, pointer, from, rowBytes),
      lanesOf: (reduction) => this.lanes.get(reduction),
    });
    const rows = rowsFrom(start);
    if (pipeline.ahead !== undefined && typeof start !== "number") this.touchAhead(pipeline, start);
    for (const { step, label } of pipeline.members) {
      if (step.kind === "loop") {
        // Reductions within rows, but not along their last axis, begin anew in each block.
        for (const reduction of step.reductions)
          if (reduction.from > 0) this.startBlockRows(reduction, step.shape, rows, start);
        this.loop(step, rowsFrom, start);
      } else if (step.kind === "contract")
        emitContract(m, this.gemms.get(step)!, pipeline.totals.has(step.out.buffer), packed.has(step), {
          rows,
          label: label!,
        });
    }
    m.code.ahead = undefined;
  }

  /** Lets contractions touch, turn by turn, the rows that follow this block: sequentially, as caches foresee. */
  private touchAhead({ ahead, block, rows }: Pipeline, start: { readonly local: number }): void {
    const { code, bytes } = this.m;
    const { buffer, lines } = ahead!;
    const rowBytes = (buffer.size / rows) * bytes;
    const pointer = code.local("i32");
    scalePointer(code, pointer, start, rowBytes);
    code.increase(pointer, block * rowBytes);
    const runs = code.runs;
    let reach = buffer.address + buffer.size * bytes;
    code.ahead = () => {
      for (let line = 0; line < lines; line++) code.touch(pointer, buffer.address + line * LINE);
      code.increase(pointer, lines * LINE);
      reach += (code.runs / runs) * lines * LINE;
      this.reach = Math.max(this.reach, reach);
    };
  }

  private startBlockRows(reduction: Reduction, shape: readonly number[], rows: Rows, start: Start): void {
    if (isTrailing(shape, reduction)) return;
    const { m } = this;
    const rowSize = reduction.out.strides[0]!;
    m.code.scoped(() => {
      const at = m.code.local("i32");
      scalePointer(m.code, at, rows.isLocal(reduction.out.buffer) ? 0 : start, rowSize * m.bytes);
      const value = m.constant(startOf(reduction));
      const size = rowSize * rows.count;
      const { address } = reduction.out.buffer;
      m.code.repeat(Math.trunc(size / m.width), () => {
        m.storePart(at, address, m.width, m.bytes, value);
        m.code.increase(at, 16);
      });
      if (size % m.width > 0) m.storePart(at, address, size % m.width, m.bytes, value);
    });
  }

  private startLanes(reduction: Reduction, address: number): void {
    const { m } = this;
    m.code.scoped(() => {
      const zero = m.code.local("i32");
      m.code.setConstant(zero, 0);
      for (const offset of [0, 16])
        m.storePart(zero, address + offset, m.width, m.bytes, m.constant(startOf(reduction)));
    });
  }

  private endLanes(reduction: Reduction): void {
    const { m } = this;
    const address = this.lanes.get(reduction)!;
    m.code.scoped(() => {
      const zero = m.code.local("i32");
      m.code.setConstant(zero, 0);
      const to = addressOf(reduction.out, m.bytes);
      emitLaneResult(m, reduction, zero, to, m.load(zero, address), m.load(zero, address + 16));
    });
  }
}
