// A graph as one WebAssembly module: plan, schedule, addresses, code.
import type { Graph } from "../../graph.ts";
import type { Precision } from "../backend.ts";
import { Emitter, type AssembledRare, type HostCall, type Region } from "./emitter.ts";
import { encodeModule } from "./encoder.ts";
import { gemmOf, type Gemm } from "./gemm.ts";
import { addressOf, layOut } from "./layout.ts";
import type { Buffer } from "./place.ts";
import { planOf } from "./plan.ts";
import type { Reduction, Step } from "./steps.ts";
import { ConstantPool } from "./pool.ts";
import { ScalarLanes } from "./scalar-lanes.ts";
import { VectorLanes } from "./vector-lanes.ts";
import { scheduleOf, type Pipeline } from "./schedule.ts";

/** A module and what is needed to run it: plain data. */
export interface Assembled {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly precision: Precision;
  /** Whether the code has vectors. */
  readonly simd: boolean;
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

/** Room for constants, in vectors: those of elementary functions, and one for each number in the graph. */
const ELEMENTARY_CONSTANTS = 320;

/** The module of a graph; and how to make that of its rare loops, if it has any. */
export function assemble(
  graph: Graph,
  precision: Precision,
  simd: boolean,
): { readonly assembled: Assembled; readonly rare: (() => AssembledRare) | undefined } {
  const bytes = precision === "f64" ? 8 : 4;
  const width = simd ? 16 / bytes : 1;
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
  const emitter = new Emitter(plan, precision, simd ? VectorLanes : ScalarLanes, gemms, lanes, pool);
  for (const item of items) emitter.item(item);
  const { functions, calls } = emitter.finish();
  const pages = Math.max(1, Math.ceil(Math.max(end, emitter.reach) / 65_536));
  const module = encodeModule([...emitter.imports.list], functions, pages);
  const region = (buffer: Buffer): Region => ({ address: buffer.address, size: buffer.size });
  const assembled: Assembled = {
    bytes: module,
    precision,
    simd,
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
