// Tasks by hand, in WebAssembly with SIMD: what one would write for this one function, in any order of summation. Elementary
// functions are as exact as basin's (the algorithms of @basin/math; in f32 those of packages/autodiff/src/single).
// Constants are no one's API: they are taken from the packages' files.
import * as S from "../../packages/autodiff/dist/single/constants.js";
import { EXP, LOG, MAGIC } from "../../packages/math/dist/kernels.js";
import { addI32, assemble, Code, CONSTANTS, get, i32, lanes } from "./assembler.mjs";

/** Lays arrays out one after the other; 64 bytes between them, which vectors may read and nobody uses. */
function memoryOf(m, sizes) {
  let end = CONSTANTS;
  const addresses = sizes.map((size) => {
    const address = end;
    end = Math.ceil((end + size * m.bytes) / 64) * 64 + 64;
    return address;
  });
  return { addresses, end };
}
const arrayOf = (m, memory, address, size) =>
  m.width === 2
    ? new Float64Array(memory.buffer, address, size)
    : new Float32Array(memory.buffer, address, size);

/** Sum of the lanes, in lane 0. */
function horizontal(c, m, vector) {
  const half = c.let(m.add(vector, m.shuffle(vector, vector, m.width === 2 ? [1, 0] : [2, 3, 0, 1])));
  return m.width === 2 ? half : m.add(half, m.shuffle(half, half, [1, 0, 3, 2]));
}

/** One pass: t at i − 1 is computed again rather than kept. */
function rosenbrock(m, [x]) {
  const n = x.length;
  const { addresses, end } = memoryOf(m, [n, n, 1]);
  const [xs, gs, total] = addresses;
  const c = new Code();
  const { add, sub, mul, constant: k, bytes, width } = m;
  const p = c.local("i32");
  const sums = [c.local("v128"), c.local("v128")];
  const edge = c.local("v128");
  const zero = i32(0);
  for (const sum of sums) c.set(sum, k(0));
  const hundred = c.let(k(100));
  const [left, two, right] = [c.let(k(-400)), c.let(k(2)), c.let(k(200))];
  const one = c.let(k(1));
  /** The terms of f at i (added to `sum`), and the gradient there; x at i − 1, i, i + 1. */
  const term = (sum, before, here, after) => {
    const t = c.let(sub(after, mul(here, here)));
    const s = c.let(sub(one, here));
    c.set(sum, add(get(sum), add(mul(hundred, mul(t, t)), mul(s, s))));
    const own = sub(mul(mul(left, here), t), mul(two, s));
    return before === undefined ? own : add(own, mul(right, sub(here, mul(before, before))));
  };
  const vectors = Math.trunc((n - 2) / width);
  const body = (u) => {
    const at = (i) => m.load(get(p), xs + bytes + (u * width + i) * bytes);
    c.store(get(p), gs + bytes + u * width * bytes, term(sums[u % 2], at(-1), c.let(at(0)), at(1)));
  };
  const unroll = vectors % 4 === 0 || vectors > 40 ? 4 : 1;
  const times = Math.trunc(vectors / unroll);
  const step = unroll * width * bytes;
  if (times > 0)
    c.loop(p, 0, times * step, step, () => {
      for (let u = 0; u < unroll; u++) body(u);
    });
  for (let v = times * unroll; v < vectors; v++) body(v - times * unroll);
  // one by one: the first, what is left, the last
  c.set(edge, k(0));
  const first = (i) => m.loadFirst(zero, xs + i * bytes);
  c.storeFirst(zero, gs, term(edge, undefined, c.let(first(0)), first(1)), bytes);
  for (let i = 1 + vectors * width; i < n - 1; i++)
    c.storeFirst(zero, gs + i * bytes, term(edge, first(i - 1), c.let(first(i)), first(i + 1)), bytes);
  const before = c.let(first(n - 2));
  c.storeFirst(zero, gs + (n - 1) * bytes, mul(right, sub(first(n - 1), mul(before, before))), bytes);
  const sum = horizontal(c, m, c.let(add(get(sums[0]), get(sums[1]))));
  c.storeFirst(zero, total, add(sum, get(edge)), bytes);
  const { memory, run } = assemble(c, end, m.constants);
  arrayOf(m, memory, xs, n).set(x);
  const value = arrayOf(m, memory, total, 1);
  return () => {
    run();
    return value[0];
  };
}

const linear = (m, c0, c1, x) => m.add(m.constant(c0), m.mul(m.constant(c1), x));

/** log(1 + eᵘ) and σ(u), sharing e^−|u|, in doubles. */
function softplusAndSigmoidDouble(c, m, u) {
  const { add, sub, mul, div, constant: k } = m;
  const ONE = 0x3ff0000000000000n;
  const a = c.let(m.abs(u));
  const x = c.let(m.neg(a));
  const shifted = c.let(add(mul(x, k(EXP.log2e)), k(MAGIC)));
  const n = c.let(sub(shifted, k(MAGIC)));
  const high = c.let(sub(x, mul(n, k(EXP.ln2Hi))));
  const lost = c.let(mul(n, k(EXP.ln2Lo)));
  const r = c.let(sub(high, lost));
  const r2 = c.let(mul(r, r));
  const r4 = c.let(mul(r2, r2));
  const A = EXP.a;
  const low = add(linear(m, A[0], A[1], r), mul(r2, linear(m, A[2], A[3], r)));
  const up = add(linear(m, A[4], A[5], r), mul(r2, linear(m, A[6], A[7], r)));
  const sum = add(low, mul(r4, add(up, mul(r4, linear(m, A[8], A[9], r)))));
  const tail = add(add(mul(k(0.5), r2), sub(sub(high, r), lost)), mul(mul(r2, r), sum));
  const whole = c.let(add(k(1), r));
  const b = c.let(add(sub(r, sub(whole, k(1))), tail));
  const y = c.let(add(whole, b));
  const power = c.let(m.addBits(m.shiftLeft(shifted, 52), m.bits(ONE)));
  const h = c.let(mul(y, power));
  const l = c.let(mul(sub(b, sub(y, whole)), power));
  const s = c.let(add(k(1), h));
  const d = c.let(add(sub(h, sub(s, k(1))), l));
  // ln s, for s in [1, 2]
  const biased = c.let(m.shiftRight(m.addBits(s, m.bits(ONE - (BigInt(LOG.sqrtHalfHigh) << 32n))), 52));
  const e = c.let(sub(m.or(biased, m.bits(0x4330000000000000n)), k(4503599627371519)));
  const f = c.let(sub(mul(s, m.shiftLeft(m.subBits(m.bits(2046n), biased), 52)), k(1)));
  const q = c.let(div(f, add(k(2), f)));
  const z = c.let(mul(q, q));
  const w = c.let(mul(z, z));
  const R = LOG.r;
  const inner = add(
    add(linear(m, R[0], R[1], z), mul(w, linear(m, R[2], R[3], z))),
    mul(mul(w, w), add(linear(m, R[4], R[5], z), mul(w, k(R[6])))),
  );
  const half = c.let(mul(mul(k(0.5), f), f));
  const bottom = add(mul(e, k(EXP.ln2Lo)), div(d, s));
  const log = c.let(
    add(mul(e, k(EXP.ln2Hi)), sub(f, sub(half, add(mul(q, add(half, mul(z, inner))), bottom)))),
  );
  const softplus = c.let(add(m.pmax(u, k(0)), log));
  const sigmoid = () => {
    const positive = c.let(m.ge(u, k(0)));
    const p = c.let(div(m.select(positive, k(1), h), s));
    const factor = m.select(positive, p, sub(k(1), p));
    return c.let(add(p, mul(sub(m.andnot(l, positive), mul(p, d)), factor)));
  };
  return { softplus, sigmoid };
}

/** The same in singles. */
function softplusAndSigmoidSingle(c, m, u) {
  const { add, sub, mul, div, constant: k } = m;
  const horner = (coefficients, x) =>
    coefficients.slice(1).reduce((sum, one) => add(mul(sum, x), k(one)), k(coefficients[0]));
  const word = (value) => m.bits((BigInt(value >>> 0) << 32n) | BigInt(value >>> 0));
  const x = c.let(m.neg(m.abs(u)));
  const shifted = c.let(add(mul(x, k(S.EXP.log2e)), k(S.MAGIC)));
  const n = c.let(sub(shifted, k(S.MAGIC)));
  const r = c.let(sub(sub(x, mul(n, k(S.EXP.ln2Hi))), mul(n, k(S.EXP.ln2Lo))));
  const power = m.addBits(m.shiftLeft(shifted, 23), word(0x3f800000));
  const h = c.let(mul(add(add(mul(horner(S.EXP.a, r), mul(r, r)), r), k(1)), power));
  const s = c.let(add(k(1), h));
  const biased = c.let(m.shiftRight(m.addBits(s, word(0x3f800000 - S.LOG.sqrtHalf)), 23));
  const e = c.let(sub(m.or(biased, word(0x4b000000)), k(8388608 + 127)));
  const g = c.let(sub(mul(s, m.shiftLeft(m.subBits(word(254), biased), 23)), k(1)));
  const z = c.let(mul(g, g));
  const low = add(mul(mul(horner(S.LOG.r, g), g), z), mul(e, k(S.EXP.ln2Lo)));
  const rest = add(low, div(sub(h, sub(s, k(1))), s));
  const log = add(add(g, sub(rest, mul(k(0.5), z))), mul(e, k(S.EXP.ln2Hi)));
  return {
    softplus: c.let(add(m.pmax(u, k(0)), log)),
    sigmoid: () => c.let(div(m.select(m.ge(u, k(0)), k(1), h), s)),
  };
}

/** Blocks of rows that stay in the first-level cache: products, what is done with them, the transposed product. */
function logistic(m, [w], [x, y]) {
  const [columns, rows] = [w.length, y.length];
  const { bytes, width, add, mul, constant: k } = m;
  const block = rows % 40 === 0 ? 40 : 8;
  if (rows % block !== 0 || (columns * bytes) % 8 !== 0) return undefined;
  const { addresses, end } = memoryOf(m, [columns + width, rows * columns, rows, columns + width, block, 1]);
  const [ws, xs, ys, gs, us, total] = addresses;
  const c = new Code();
  const row = columns * bytes;
  const [at, to, i, j] = ["i32", "i32", "i32", "i32"].map((type) => c.local(type));
  const vectors = Math.ceil(columns / width);
  const ragged = columns % width !== 0;
  /** A vector of a row; the last one may have only its first half. */
  const part = (address, offset, v) =>
    ragged && v === vectors - 1 ? m.loadHalf(address, offset) : m.load(address, offset);
  const value = c.local("v128");
  c.set(value, k(0));
  for (let v = 0; v < vectors; v++) c.store(i32(0), gs + 16 * v, k(0));
  const whole = ragged ? vectors - 1 : vectors;
  const unroll = [8, 5, 4, 3, 2].find((u) => whole % u === 0) ?? 1;
  c.set(at, i32(0));
  c.loop(to, 0, rows * bytes, block * bytes, () => {
    // u: four rows at a time, each in vectors along its columns
    c.loop(i, 0, block * bytes, 4 * bytes, () => {
      const sums = [0, 1, 2, 3].map(() => c.local("v128"));
      for (const sum of sums) c.set(sum, k(0));
      const step = (offset, v) => {
        const weights = c.let(m.load(get(j), ws + offset));
        sums.forEach((sum, r) =>
          c.set(sum, add(get(sum), mul(weights, part(addI32(get(at), get(j)), xs + r * row + offset, v)))),
        );
      };
      c.loop(j, 0, 16 * whole, 16 * unroll, () => {
        for (let u = 0; u < unroll; u++) step(16 * u, -1);
      });
      if (ragged) step(0, vectors - 1);
      const pairs = [0, 2].map((r) => {
        const [a, b] = [get(sums[r]), get(sums[r + 1])];
        return width === 2
          ? add(m.shuffle(a, b, [0, 2]), m.shuffle(a, b, [1, 3]))
          : c.let(add(m.shuffle(a, b, [0, 2, 4, 6]), m.shuffle(a, b, [1, 3, 5, 7])));
      });
      if (width === 2) pairs.forEach((pair, r) => c.store(get(i), us + 16 * r, pair));
      else c.store(get(i), us, add(m.shuffle(...pairs, [0, 2, 4, 6]), m.shuffle(...pairs, [1, 3, 5, 7])));
      c.set(at, addI32(get(at), i32(4 * row)));
    });
    c.set(at, addI32(get(at), i32(-block * row)));
    // losses, and what they say of each row
    c.loop(i, 0, block * bytes, 16, () => {
      const u = c.let(m.load(get(i), us));
      const { softplus, sigmoid } = (width === 2 ? softplusAndSigmoidDouble : softplusAndSigmoidSingle)(
        c,
        m,
        u,
      );
      const label = c.let(m.load(addI32(get(i), get(to)), ys));
      c.set(value, add(get(value), m.sub(softplus, mul(label, u))));
      c.store(get(i), us, mul(m.sub(sigmoid(), label), k(1 / rows)));
    });
    // the gradient: four rows at a time
    c.loop(i, 0, block * bytes, 4 * bytes, () => {
      const factors = [0, 1, 2, 3].map((r) => c.let(m.loadSplat(get(i), us + r * bytes)));
      const step = (offset, v) => {
        const products = factors.map((factor, r) =>
          mul(factor, part(addI32(get(at), get(j)), xs + r * row + offset, v)),
        );
        c.store(
          get(j),
          gs + offset,
          products.reduce((a, b) => add(a, b), m.load(get(j), gs + offset)),
        );
      };
      c.loop(j, 0, 16 * whole, 16 * unroll, () => {
        for (let u = 0; u < unroll; u++) step(16 * u, -1);
      });
      if (ragged) step(0, vectors - 1);
      c.set(at, addI32(get(at), i32(4 * row)));
    });
  });
  c.storeFirst(i32(0), total, mul(horizontal(c, m, get(value)), k(1 / rows)), bytes);
  const { memory, run } = assemble(c, end, m.constants);
  arrayOf(m, memory, ws, columns).set(w);
  arrayOf(m, memory, xs, x.length).set(x);
  arrayOf(m, memory, ys, rows).set(y);
  const result = arrayOf(m, memory, total, 1);
  return Object.assign(
    () => {
      run();
      return result[0];
    },
    { gradient: arrayOf(m, memory, gs, columns) },
  );
}

/** Values of many candidates: the data lie by columns, so that vectors are of rows and weights stay in registers. */
function logistics(m, [w], [x, y]) {
  const rows = y.length;
  const columns = x.length / rows;
  const candidates = w.length / columns;
  const { bytes, width, add, mul, constant: k } = m;
  if (rows % (2 * width) !== 0 || columns > 10) return undefined;
  const { addresses, end } = memoryOf(m, [w.length, x.length, rows, candidates]);
  const [ws, xs, ys, values] = addresses;
  const c = new Code();
  const [at, to, i] = ["i32", "i32", "i32"].map((type) => c.local(type));
  const value = c.local("v128");
  c.set(at, i32(0));
  c.loop(to, 0, candidates * bytes, bytes, () => {
    const weights = Array.from({ length: columns }, (_, j) => c.let(m.loadSplat(get(at), ws + j * bytes)));
    c.set(value, k(0));
    c.loop(i, 0, rows * bytes, 32, () => {
      // two vectors of rows, instruction by instruction
      const us = [0, 16].map((offset) =>
        c.let(
          weights
            .map((weight, j) => mul(weight, m.load(get(i), xs + j * rows * bytes + offset)))
            .reduce((a, b) => add(a, b)),
        ),
      );
      us.forEach((u, v) => {
        const { softplus } = (width === 2 ? softplusAndSigmoidDouble : softplusAndSigmoidSingle)(c, m, u);
        const label = m.load(get(i), ys + 16 * v);
        c.set(value, add(get(value), m.sub(softplus, mul(label, u))));
      });
    });
    c.storeFirst(get(to), values, mul(horizontal(c, m, get(value)), k(1 / rows)), bytes);
    c.set(at, addI32(get(at), i32(columns * bytes)));
  });
  const { memory, run } = assemble(c, end, m.constants);
  arrayOf(m, memory, ws, w.length).set(w);
  arrayOf(m, memory, xs, x.length).set(x.map((_, n) => x[(n % rows) * columns + Math.trunc(n / rows)]));
  arrayOf(m, memory, ys, rows).set(y);
  const results = arrayOf(m, memory, values, candidates);
  return () => {
    run();
    return results[0];
  };
}

const tasks = { rosenbrock, logistic, logistics };

/** A task by hand in WebAssembly; undefined where nobody wrote it. */
export function byHandWasm(precision, { kind, parameters, data }) {
  const arrays = (list) => list.map((one) => one.data);
  return tasks[kind]?.(lanes(precision), arrays(parameters), arrays(data));
}
