// Nodes are hash-consed while a function is traced: the same op on the same inputs is the same node.
import { AutodiffError } from "./errors.ts";
import { Tensor, type Attribute, type Attributes, type Op } from "./ir.ts";
import type { Shape } from "./shape.ts";

/** A traced function: plain nodes, inputs in the order of its parameters. */
export interface Graph {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  /** Everything the outputs need, and every input; each node after its inputs. */
  readonly nodes: readonly Tensor[];
}

let nextId = 0;
let table: Map<string, Tensor> | undefined;
const identities = new WeakMap<object, number>();
let nextIdentity = 0;

function attributeKey(value: Attribute): string {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (ArrayBuffer.isView(value)) {
    let identity = identities.get(value);
    if (identity === undefined) identities.set(value, (identity = nextIdentity++));
    return `@${identity}`;
  }
  return Array.isArray(value) ? `[${value.join()}]` : String(value);
}

function keyOf(op: Op, inputs: readonly Tensor[], attributes: Attributes, shape: Shape): string {
  let key = op.name;
  for (const input of inputs) key += `,${input.id}`;
  for (const name in attributes) key += `|${name}=${attributeKey(attributes[name]!)}`;
  return inputs.length === 0 ? `${key}[${shape.join()}]` : key;
}

/** The node of an op on these inputs. @throws AutodiffError where the shapes do not fit. */
export function makeNode<A extends Attributes>(op: Op<A>, inputs: readonly Tensor[], attributes: A): Tensor {
  const shape = op.infer(
    inputs.map((input) => input.shape),
    attributes,
  );
  return leaf(op, inputs, attributes, shape);
}

/** A node whose shape is given: inputs and constants; `makeNode` for everything else. */
export function leaf<A extends Attributes>(
  op: Op<A>,
  inputs: readonly Tensor[],
  attributes: A,
  shape: Shape,
): Tensor {
  if (table === undefined) return new Tensor(op as Op, inputs, attributes, shape, nextId++);
  const key = keyOf(op as Op, inputs, attributes, shape);
  let node = table.get(key);
  if (node === undefined) table.set(key, (node = new Tensor(op as Op, inputs, attributes, shape, nextId++)));
  return node;
}

/** The node that equals this one and was made or shared before; otherwise this one, from now on. */
export function shared(node: Tensor): Tensor {
  if (table === undefined) return node;
  const key = keyOf(node.op, node.inputs, node.attributes, node.shape);
  const known = table.get(key);
  if (known !== undefined) return known;
  table.set(key, node);
  return node;
}

/** A node on what became of its inputs: itself where they stayed. */
export function onResults(node: Tensor, results: ReadonlyMap<Tensor, Tensor>): Tensor {
  let inputs: Tensor[] | undefined;
  for (let k = 0; k < node.inputs.length; k++) {
    const from = node.inputs[k]!;
    const now = results.get(from) ?? from;
    if (now === from && inputs === undefined) continue;
    inputs ??= node.inputs.slice(0, k);
    inputs.push(now);
  }
  return inputs === undefined ? node : makeNode(node.op, inputs, node.attributes);
}

/** Runs `build` with hash-consing on; nested calls share the table, so that transforms inside transforms share nodes. */
export function consing<T>(known: readonly Tensor[], build: () => T): T {
  if (table !== undefined) return build();
  table = new Map();
  for (const node of known) table.set(keyOf(node.op, node.inputs, node.attributes, node.shape), node);
  try {
    return build();
  } finally {
    table = undefined;
  }
}

/** A number that no other call in this process returns: tells inputs of different traces apart. */
export function fresh(): number {
  return nextId++;
}

/** The nodes that these need, each after its inputs. */
export function reachable(roots: readonly Tensor[]): Tensor[] {
  const byId = new Map<number, Tensor>();
  const stack = [...roots];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (byId.has(node.id)) continue;
    byId.set(node.id, node);
    for (const input of node.inputs) stack.push(input);
  }
  // Numbers are sorted without calls of a comparison.
  return Array.from(Float64Array.from(byId.keys()).sort(), (id) => byId.get(id)!);
}

/** Collects a graph. @throws AutodiffError where an output depends on an input of another trace. */
export function makeGraph(inputs: readonly Tensor[], outputs: readonly Tensor[]): Graph {
  return { inputs, outputs, nodes: reachable([...inputs, ...outputs]) };
}

/** @throws AutodiffError where the graph needs values that are not among its inputs. */
export function assertClosed(graph: Graph): void {
  const known = new Set(graph.inputs);
  for (const node of graph.nodes)
    if (node.op.name === "input" && !known.has(node))
      throw new AutodiffError(
        "compile",
        "the graph uses a traced value that is not one of its inputs",
        "pass it as an argument of the function instead of keeping it from another trace",
      );
}

/** The same outputs with other tensors in place of some nodes. */
export function substitute(outputs: readonly Tensor[], replacements: ReadonlyMap<Tensor, Tensor>): Tensor[] {
  const changed = new Map<Tensor, Tensor>(replacements);
  for (const node of reachable(outputs)) {
    if (changed.has(node)) continue;
    const made = onResults(node, changed);
    if (made !== node) changed.set(node, made);
  }
  return outputs.map((output) => changed.get(output) ?? output);
}
