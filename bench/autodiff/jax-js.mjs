// The tasks in jax-js, jitted, on its WebAssembly device.

/** Makes runners of tasks, in one precision; undefined where jax-js is not installed. */
export async function jaxJs(precision) {
  let jax;
  // Node 20 has none, and jax-js looks for it when it loads.
  globalThis.Float16Array ??= class Float16Array extends Uint16Array {};
  try {
    jax = await import(new URL("peers/node_modules/@jax-js/jax/dist/index.js", import.meta.url).href);
  } catch {
    return undefined;
  }
  const { numpy: np, nn, jit, valueAndGrad, vmap } = jax;
  await jax.init("wasm");
  jax.defaultDevice("wasm");
  const dtype = precision === "f64" ? np.float64 : np.float32;
  const array = ({ shape, data }) =>
    np.array(precision === "f64" ? data.slice() : Float32Array.from(data), { dtype }).reshape(shape);
  const softplus = (u) => np.maximum(u.ref, 0).add(np.log1p(np.exp(np.abs(u).neg())));

  const rosenbrock = (x) => {
    const n = x.shape[0];
    const a = x.ref.slice([0, n - 1]);
    const b = x.slice([1, n]);
    const t = b.sub(np.square(a.ref));
    return np
      .square(t)
      .mul(100)
      .add(np.square(a.neg().add(1)))
      .sum();
  };
  const logistic = (w, x, y) => {
    const u = np.matmul(x, w);
    return softplus(u.ref).sub(y.mul(u)).mean();
  };
  const crossEntropy = (scores, hot) => nn.logSoftmax(scores).mul(hot).sum().neg();
  const softmax = (w, x, hot) => {
    const rows = hot.shape[0];
    return crossEntropy(np.matmul(x, w), hot).div(rows);
  };
  const mlp = ([w1, b1, w2, b2], x, hot) => {
    const rows = hot.shape[0];
    const hidden = np.tanh(np.matmul(x, w1).add(b1));
    return crossEntropy(np.matmul(hidden, w2).add(b2), hot).div(rows);
  };
  const oneHot = ({ data }, k) => {
    const hot = new Float64Array(data.length * k);
    data.forEach((label, i) => (hot[i * k + label] = 1));
    return { shape: [data.length, k], data: hot };
  };
  const first = (result) => result.dataSync()[0];

  return (task) => {
    const { kind, parameters, data } = task;
    const outputs = kind === "softmax" ? 10 : parameters.at(-1)?.shape.at(-1);
    const hot = kind === "softmax" || kind === "mlp" || kind === "mlps";
    const inputs = data.map((one, k) => array(k === 1 && hot ? oneHot(one, outputs) : one));
    const weights = parameters.map(array);
    if (kind === "logistics") {
      const f = jit(vmap(logistic, [0, null, null]));
      return () => first(f(weights[0].ref, ...inputs.map((x) => x.ref)));
    }
    if (kind === "mlps") {
      const f = jit(vmap((w1, b1, w2, b2, x, y) => mlp([w1, b1, w2, b2], x, y), [0, 0, 0, 0, null, null]));
      return () => first(f(...weights.map((w) => w.ref), ...inputs.map((x) => x.ref)));
    }
    const loss = { rosenbrock, logistic, softmax, mlp }[kind];
    const f = jit(valueAndGrad(loss));
    return () => {
      const given = kind === "mlp" ? weights.map((w) => w.ref) : weights[0].ref;
      const [value, gradient] = f(given, ...inputs.map((x) => x.ref));
      const all = Array.isArray(gradient) ? gradient : [gradient];
      for (const one of all) one.dataSync();
      return first(value);
    };
  };
}
