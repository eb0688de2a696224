// The code of a schedule: steps and pipelines, block of rows by block of rows, in functions that are not too long.
import type { Attributes } from "../../ir.ts";
import type { Shape } from "../../shape.ts";
import type { Precision } from "../backend.ts";
import { Code } from "./code.ts";
import { emitContract, emitPackOnce } from "./emit-contract.ts";
import { emitIndexed, isIndexed } from "./emit-indexed.ts";
import { emitLoop, emitRareLoop } from "./emit-loop.ts";
import { encodeModule, type FunctionBody, type FunctionType } from "./encoder.ts";
import { isPackedOnce, type Gemm } from "./gemm.ts";
import { emitLaneResult, laneOffsets, startOf } from "./lane-sums.ts";
import type { Lanes } from "./lanes.ts";
import { addressOf } from "./layout.ts";
import { op } from "./opcodes.ts";
import type { Plan } from "./plan.ts";
import { isTrailing, type HostStep, type LoopStep, type Reduction, type Step } from "./steps.ts";
import { ImportTable, type ConstantPool } from "./pool.ts";
import { scalePointer, type Rows } from "./rows.ts";
import type { ScalarLanes } from "./scalar-lanes.ts";
import type { VectorLanes } from "./vector-lanes.ts";
import { buffersWritten, LINE, type Item, type Pipeline } from "./schedule.ts";

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

/** What code is emitted for: vectors of lanes, or numbers one by one. */
export type Machine = typeof VectorLanes | typeof ScalarLanes;

/** Code for arguments out of the common range, which few programs ever need: a module that shares the memory. */
export interface AssembledRare {
  /** Exports a function for each loop, by its number; given the first row of the block. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The constants of both modules. */
  readonly pool: BigUint64Array;
  readonly functions: readonly string[];
}

/** Functions are closed after so many bytes: compilers are slow on long ones. */
const LONG = 12_000;

/** The first row of a block: known, or in a local. */
type Start = number | { readonly local: number };
type RowsFrom = (start: Start) => Rows;

const BLOCK_START: FunctionType = { parameters: ["i32"], results: [] };

export class Emitter {
  readonly imports = new ImportTable();
  private readonly plan: Plan;
  private readonly precision: Precision;
  private readonly machine: Machine;
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
    machine: Machine,
    gemms: ReadonlyMap<Step, Gemm>,
    lanes: ReadonlyMap<Reduction, number>,
    pool: ConstantPool,
  ) {
    this.plan = plan;
    this.precision = precision;
    this.machine = machine;
    this.gemms = gemms;
    this.lanes = lanes;
    this.pool = pool;
    this.m = this.open();
  }

  private open(): Lanes {
    const code = new Code(0);
    this.pieces.push(code);
    return new this.machine(code, this.pool, this.imports, this.precision);
  }

  item(item: Item): void {
    if (this.m.code.body.length > LONG) this.m = this.open();
    if (item.kind === "pipeline") this.pipeline(item);
    else this.step(item);
  }

  /** The functions of the module: pieces, and `run`, which calls them. Indices follow those of all imports. */
  finish(): { functions: FunctionBody[]; calls: readonly HostCall[] } {
    const type = { parameters: [], results: [] };
    const pieces = this.pieces.map((code): FunctionBody => ({
      type,
      locals: code.locals,
      body: code.body,
    }));
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
      const m = new this.machine(code, this.pool, imports, this.precision);
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
    if (reduction.kind === "sum") return m.code.zeros(buffer.address, size * m.bytes);
    m.code.scoped(() => {
      const at = m.code.local("i32");
      m.code.setConstant(at, buffer.address);
      const start = m.constant(startOf(reduction));
      m.code.repeat(Math.trunc(size / m.width), () => {
        m.storePart(at, 0, m.width, m.bytes, start);
        m.code.increase(at, m.width * m.bytes);
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
          emitPackOnce(m, gemm);
          packed.add(step);
        }
        if (pipeline.totals.has(step.out.buffer))
          m.code.zeros(step.out.buffer.address, step.out.buffer.size * m.bytes);
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
        m.code.increase(at, m.width * m.bytes);
      });
      if (size % m.width > 0) m.storePart(at, address, size % m.width, m.bytes, value);
    });
  }

  private startLanes(reduction: Reduction, address: number): void {
    const { m } = this;
    m.code.scoped(() => {
      const zero = m.code.local("i32");
      m.code.setConstant(zero, 0);
      for (const offset of laneOffsets(m))
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
      const vectors = laneOffsets(m).map((offset) => m.load(zero, address + offset));
      emitLaneResult(m, reduction.kind, zero, to, vectors);
    });
  }
}
