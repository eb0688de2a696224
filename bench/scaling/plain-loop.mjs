// What every worker can do that shares nothing with another: a dot product, again and again.
import { parentPort } from "node:worker_threads";

const [a, b] = [0.5, 0.25].map((value) => new Float64Array(2000).fill(value));

parentPort.on("message", () => {
  let total = 0;
  for (let times = 0; times < 40_000; times++) {
    let dot = 0;
    for (let i = 0; i < a.length; i++) dot += a[i] * b[i];
    total += dot;
  }
  parentPort.postMessage(total);
});
