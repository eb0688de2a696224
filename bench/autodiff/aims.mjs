// What was aimed at, and whether the measurements meet it: each aim by the row that is furthest from it.

const PRECISIONS = ["f64", "f32"];

/** The row whose number is the largest (or, if `least`, the smallest); rows without one do not count. */
function furthest(results, number, least = false) {
  let worst;
  for (const { task, times } of results) {
    const value = number(times, task);
    if (value === undefined || Number.isNaN(value)) continue;
    if (worst === undefined || (least ? value < worst.value : value > worst.value))
      worst = { value, name: task.name };
  }
  return worst;
}

export function aimsOf(results, { cold, speeds, ratio }) {
  const rows = [];
  const judge = (aim, worst, met) => {
    if (worst !== undefined)
      rows.push({ aim, found: `${ratio(worst.value)} (${worst.name})`, met: met(worst.value) });
  };
  for (const precision of PRECISIONS) {
    const own = `basin ${precision}`;
    const hand = `WASM by hand ${precision}`;
    judge(
      `${precision}: within 1.1 of hand-written WebAssembly, same run`,
      furthest(results, (times) => times[own] / times[hand]),
      (x) => x <= 1.1,
    );
    const published = (task) => task.reference?.[PRECISIONS.indexOf(precision)];
    judge(
      `${precision}: within 1.1 of hand-written WebAssembly, as published*`,
      furthest(results, (times, task) =>
        times[hand] === undefined ? times[own] / published(task) : undefined,
      ),
      (x) => x <= 1.1,
    );
    const peers = precision === "f64" ? ["jax-js f64"] : ["jax-js f32", "tfjs f32"];
    judge(
      `${precision}: at least 5 times as fast as the fastest JavaScript peer (2.2 on the 784-wide network in f32)`,
      furthest(
        results,
        (times, task) => {
          const best = Math.min(...peers.map((peer) => times[peer] ?? Infinity));
          const easier = precision === "f32" && task.name.includes("784") ? 5 / 2.2 : 1;
          return best === Infinity ? undefined : (easier * best) / times[own];
        },
        true,
      ),
      (x) => x >= 5,
    );
    judge(
      `${precision}: a population at once is never slower than a loop`,
      furthest(results, (times, task) =>
        task.population ? times[own] / times[`plain ${precision}`] : undefined,
      ),
      (x) => x <= 1,
    );
    judge(
      `${precision}: value and gradient cost at most 2.2 values`,
      furthest(results, (times, task) =>
        task.population ? undefined : times[own] / times[`plain ${precision}`],
      ),
      (x) => x <= 2.2,
    );
  }
  judge(
    "f64: at least 2.5 times as fast as PyTorch at 32 rows, as published*",
    furthest(results, (times, task) => task.torch / times["basin f64"], true),
    (x) => x >= 2.5,
  );
  for (const { precision, aim, found } of speeds)
    rows.push({
      aim: `${precision}: matrix product at ${aim} thousand million operations a second or more`,
      found: `${found.toFixed(1)} (256×256)`,
      met: found >= aim,
    });
  for (const { model, aim, times } of cold) {
    const median = (sorted) => sorted[sorted.length >> 1];
    rows.push({
      aim: `trace to callable in a fresh process, ${model}: at most ${aim} ms`,
      found: `${median(times.cold).toFixed(1)}; with the compiler's code read before ${median(times.read).toFixed(1)}; later ${median(times.next).toFixed(1)}`,
      met: median(times.cold) <= aim,
    });
  }
  return rows;
}
