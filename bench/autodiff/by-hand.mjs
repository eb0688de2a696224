// The tasks by hand, in plain JavaScript: the loops that one would write.

/** Value and gradient of Rosenbrock's function. */
function rosenbrock([x]) {
  const n = x.length;
  const gradient = new Float64Array(n);
  return () => {
    let total = 0;
    gradient.fill(0);
    for (let i = 0; i < n - 1; i++) {
      const t = x[i + 1] - x[i] * x[i];
      const s = 1 - x[i];
      total += 100 * t * t + s * s;
      gradient[i] += -400 * x[i] * t - 2 * s;
      gradient[i + 1] += 200 * t;
    }
    return total;
  };
}

function logistic([w], [x, y]) {
  const [k, rows] = [w.length, y.length];
  const gradient = new Float64Array(k);
  return () => {
    let total = 0;
    gradient.fill(0);
    for (let i = 0; i < rows; i++) {
      let u = 0;
      for (let j = 0; j < k; j++) u += x[i * k + j] * w[j];
      const e = Math.exp(-Math.abs(u));
      total += Math.max(u, 0) + Math.log1p(e) - y[i] * u;
      const p = u >= 0 ? 1 / (1 + e) : e / (1 + e);
      const r = (p - y[i]) / rows;
      for (let j = 0; j < k; j++) gradient[j] += r * x[i * k + j];
    }
    return total / rows;
  };
}

/** out[rows, n] = a[rows, m] b[m, n] (+ bias). */
function product(a, b, bias, out, rows, m, n) {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < n; j++) out[i * n + j] = bias === undefined ? 0 : bias[j];
    for (let k = 0; k < m; k++) {
      const factor = a[i * m + k];
      for (let j = 0; j < n; j++) out[i * n + j] += factor * b[k * n + j];
    }
  }
}
/** out[m, n] = aᵀ b for a[rows, m], b[rows, n]. */
function transposedProduct(a, b, out, rows, m, n) {
  out.fill(0);
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < m; k++) {
      const factor = a[i * m + k];
      for (let j = 0; j < n; j++) out[k * n + j] += factor * b[i * n + j];
    }
}
/** Mean cross-entropy of scores[rows, n]; leaves its gradient in their place. */
function crossEntropy(scores, y, rows, n) {
  let total = 0;
  for (let i = 0; i < rows; i++) {
    let largest = -Infinity;
    for (let j = 0; j < n; j++) largest = Math.max(largest, scores[i * n + j]);
    let sum = 0;
    const own = scores[i * n + y[i]];
    for (let j = 0; j < n; j++) sum += scores[i * n + j] = Math.exp(scores[i * n + j] - largest);
    total += Math.log(sum) + largest - own;
    for (let j = 0; j < n; j++) scores[i * n + j] = (scores[i * n + j] / sum - (j === y[i] ? 1 : 0)) / rows;
  }
  return total / rows;
}

function softmax([w], [x, y]) {
  const rows = y.length;
  const m = x.length / rows;
  const n = w.length / m;
  const [scores, gradient] = [new Float64Array(rows * n), new Float64Array(m * n)];
  return () => {
    product(x, w, undefined, scores, rows, m, n);
    const value = crossEntropy(scores, y, rows, n);
    transposedProduct(x, scores, gradient, rows, m, n);
    return value;
  };
}

function mlp([w1, b1, w2, b2], [x, y]) {
  const rows = y.length;
  const [h, o] = [b1.length, b2.length];
  const m = w1.length / h;
  const [z, hidden] = [new Float64Array(rows * o), new Float64Array(rows * h)];
  const [g1, gb1, g2, gb2] = [m * h, h, h * o, o].map((size) => new Float64Array(size));
  const back = new Float64Array(rows * h);
  return () => {
    product(x, w1, b1, hidden, rows, m, h);
    for (let i = 0; i < hidden.length; i++) hidden[i] = Math.tanh(hidden[i]);
    product(hidden, w2, b2, z, rows, h, o);
    const value = crossEntropy(z, y, rows, o);
    transposedProduct(hidden, z, g2, rows, h, o);
    gb1.fill(0);
    gb2.fill(0);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < o; j++) gb2[j] += z[i * o + j];
      for (let k = 0; k < h; k++) {
        let total = 0;
        for (let j = 0; j < o; j++) total += z[i * o + j] * w2[k * o + j];
        const t = hidden[i * h + k];
        back[i * h + k] = total * (1 - t * t);
        gb1[k] += back[i * h + k];
      }
    }
    transposedProduct(x, back, g1, rows, m, h);
    return value;
  };
}

/** Values only, of candidates in rows. */
function logistics([w], [x, y]) {
  const rows = y.length;
  const k = x.length / rows;
  const values = new Float64Array(w.length / k);
  return () => {
    for (let c = 0; c < values.length; c++) {
      let total = 0;
      for (let i = 0; i < rows; i++) {
        let u = 0;
        for (let j = 0; j < k; j++) u += x[i * k + j] * w[c * k + j];
        total += Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u))) - y[i] * u;
      }
      values[c] = total / rows;
    }
    return values[0];
  };
}

function mlps([w1, b1, w2, b2], [x, y]) {
  const rows = y.length;
  const m = x.length / rows;
  const h = w1.length / m / 256;
  const o = b2.length / 256;
  const [z, hidden] = [new Float64Array(rows * o), new Float64Array(rows * h)];
  const values = new Float64Array(256);
  return () => {
    for (let c = 0; c < 256; c++) {
      product(
        x,
        w1.subarray(c * m * h, (c + 1) * m * h),
        b1.subarray(c * h, (c + 1) * h),
        hidden,
        rows,
        m,
        h,
      );
      for (let i = 0; i < hidden.length; i++) hidden[i] = Math.tanh(hidden[i]);
      product(
        hidden,
        w2.subarray(c * h * o, (c + 1) * h * o),
        b2.subarray(c * o, (c + 1) * o),
        z,
        rows,
        h,
        o,
      );
      values[c] = crossEntropy(z, y, rows, o);
    }
    return values[0];
  };
}

export const byHand = { rosenbrock, logistic, softmax, mlp, logistics, mlps };
