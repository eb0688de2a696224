// The tasks in TensorFlow.js, on its WebAssembly backend with SIMD (one thread), in f32: it has no f64.

/** Makes runners of tasks; undefined where TensorFlow.js is not installed. */
export async function tfjs() {
  let tf;
  try {
    const at = (path) => new URL(`peers/node_modules/@tensorflow/${path}`, import.meta.url);
    const { createRequire } = await import("node:module");
    const require = createRequire(at("tfjs/package.json"));
    tf = require("@tensorflow/tfjs");
    const wasm = require("@tensorflow/tfjs-backend-wasm");
    wasm.setWasmPaths(at("tfjs-backend-wasm/dist/").pathname);
    await tf.setBackend("wasm");
    await tf.ready();
  } catch (error) {
    if (String(error).includes("Cannot find")) return undefined;
    throw error;
  }
  const softplus = (u) => tf.add(tf.relu(u), tf.log(tf.add(tf.exp(tf.neg(tf.abs(u))), 1)));
  const rosenbrock = (x) => {
    const n = x.shape[0];
    const [a, b] = [tf.slice(x, [0], [n - 1]), tf.slice(x, [1], [n - 1])];
    return tf.sum(tf.add(tf.mul(100, tf.square(tf.sub(b, tf.square(a)))), tf.square(tf.sub(1, a))));
  };
  const logistic = (w, x, y) => {
    const u = tf.reshape(tf.matMul(x, tf.reshape(w, [w.shape[0], 1])), [x.shape[0]]);
    return tf.mean(tf.sub(softplus(u), tf.mul(y, u)));
  };
  const crossEntropy = (scores, hot) => {
    const largest = tf.max(scores, 1, true);
    const shifted = tf.sub(scores, largest);
    const total = tf.log(tf.sum(tf.exp(shifted), 1));
    return tf.mean(tf.sub(total, tf.sum(tf.mul(shifted, hot), 1)));
  };
  const softmax = (w, x, hot) => crossEntropy(tf.matMul(x, w), hot);
  const mlp = (w1, b1, w2, b2, x, hot) =>
    crossEntropy(tf.add(tf.matMul(tf.tanh(tf.add(tf.matMul(x, w1), b1)), w2), b2), hot);

  return (task) => {
    const { kind, parameters, data } = task;
    const loss = { rosenbrock, logistic, softmax, mlp }[kind];
    if (loss === undefined) return undefined;
    const tensors = [...parameters, ...data].map(({ shape, data: values }) =>
      tf.tensor(Float32Array.from(values), shape),
    );
    if (kind === "softmax" || kind === "mlp") {
      const k = kind === "softmax" ? 10 : parameters.at(-1).shape[0];
      const hot = tf.oneHot(tf.cast(tensors.at(-1), "int32"), k);
      tensors[tensors.length - 1] = tf.cast(hot, "float32");
    }
    const weights = tensors.slice(0, parameters.length);
    const rest = tensors.slice(parameters.length);
    const f = tf.valueAndGrads((...w) => loss(...w, ...rest));
    return () => {
      let value = 0;
      tf.tidy(() => {
        const result = f(weights);
        for (const gradient of result.grads) gradient.dataSync();
        value = result.value.dataSync()[0];
      });
      return value;
    };
  };
}
