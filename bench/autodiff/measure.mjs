// Times of several contestants, in rounds that take turns, so that what disturbs the machine disturbs all of them.

const ROUNDS = 25;
/** Milliseconds of one round of one contestant. */
const ROUND = 12;

/** Calls that fill a round, once warm. */
function calls(run) {
  const begun = performance.now();
  let count = 0;
  do {
    run();
    count++;
  } while (performance.now() - begun < 250 && count < 100_000);
  return Math.max(1, Math.round((count * ROUND) / (performance.now() - begun)));
}

/** Microseconds of one call of each: { name: { best, median } }. */
export function measure(runs) {
  const names = Object.keys(runs);
  const counts = names.map((name) => calls(runs[name]));
  const times = names.map(() => []);
  for (let round = 0; round < ROUNDS; round++)
    names.forEach((name, k) => {
      const run = runs[name];
      const begun = performance.now();
      for (let i = 0; i < counts[k]; i++) run();
      times[k].push(((performance.now() - begun) / counts[k]) * 1000);
    });
  return Object.fromEntries(
    names.map((name, k) => {
      const sorted = times[k].toSorted((a, b) => a - b);
      return [name, { best: sorted[0], median: sorted[sorted.length >> 1] }];
    }),
  );
}
