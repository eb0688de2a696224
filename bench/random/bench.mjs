// Nanoseconds per fresh stream, uniform, normal and integer of @basin/random, beside Math.random and a seedrandom instance.
// Medians over interleaved rounds, as a Markdown table. Build first (npm run build), then: node bench/random/bench.mjs
import { halton, latinHypercube, openStreams, rngOf, rootKey, sobol } from "@basin/random";
import seedrandom from "seedrandom";

const ROUNDS = 301;
const BLOCK = new Float64Array(1000);

const streams = openStreams(rootKey("bench"));
const rng = rngOf(rootKey("bench"));
const arc4 = seedrandom("bench");
const alea = seedrandom.alea("bench");
const sequences = { sobol: sobol(10), scrambled: sobol(10, 7), halton: halton(10), permuted: halton(10, 7) };

/** Normals by Box and Muller's polar method over Math.random: what one would write by hand. */
function polar() {
  for (;;) {
    const u = 2 * Math.random() - 1;
    const v = 2 * Math.random() - 1;
    const s = u * u + v * v;
    if (s < 1 && s > 0) return u * Math.sqrt((-2 * Math.log(s)) / s);
  }
}

/** Name, how many results one call gives, the limit that is claimed (ns), and the call; what it returns is summed so that nothing is optimised away. */
const cases = [
  [
    'fresh stream and its first uniform: streams.rng("tell", n).uniform()',
    1,
    200,
    (n) => streams.rng("tell", n).uniform(),
  ],
  [
    'fork by name and its first uniform: rng.fork("mutation").uniform()',
    1,
    undefined,
    () => rng.fork("mutation").uniform(),
  ],
  ["uniform in bulk: fillUniform, 1000", 1000, 10, () => rng.fillUniform(BLOCK)[0]],
  ["uniform, one a call: uniform()", 1, undefined, () => rng.uniform()],
  ["normal in bulk: fillNormal, 1000", 1000, 25, () => rng.fillNormal(BLOCK)[0]],
  ["normal, one a call: normal()", 1, undefined, () => rng.normal()],
  ["integer(100)", 1, undefined, () => rng.integer(100)],
  ["sample(100, 3)", 1, undefined, () => rng.sample(100, 3)[0]],
  ["permutation(1000), an entry", 1000, undefined, () => rng.permutation(1000)[0]],
  [
    "a coordinate of Sobol's sequence, n = 10",
    1000,
    undefined,
    (n) => sequences.sobol.write(BLOCK, 100 * (n % 100))[0],
  ],
  ["the same, scrambled", 1000, undefined, (n) => sequences.scrambled.write(BLOCK, 100 * (n % 100))[0]],
  [
    "a coordinate of Halton's sequence, n = 10",
    1000,
    undefined,
    (n) => sequences.halton.write(BLOCK, 100 * (n % 100))[0],
  ],
  ["the same, scrambled", 1000, undefined, (n) => sequences.permuted.write(BLOCK, 100 * (n % 100))[0]],
  ["a coordinate of a Latin hypercube, 100 × 10", 1000, undefined, () => latinHypercube(rng, 100, 10)[0]],
  ["Math.random()", 1, undefined, () => Math.random()],
  ["normal by the polar method over Math.random()", 1, undefined, () => polar()],
  ["seedrandom's ARC4: prng()", 1, undefined, () => arc4()],
  ["seedrandom's alea: prng.double()", 1, undefined, () => alea.double()],
  ["a new seedrandom and its first number", 1, undefined, (n) => seedrandom(`7/tell/${n}\0`)()],
];

let sink = 0;

/** Nanoseconds a result in one round of about 0.2 ms: shorter than a slice of the processor, so that on a busy machine most rounds are undisturbed. */
function round(call, results, calls) {
  const begun = process.hrtime.bigint();
  for (let n = 0; n < calls; n++) sink += call(n);
  return Number(process.hrtime.bigint() - begun) / (calls * results);
}

const calls = cases.map(([, results, , call]) => {
  let guess = 1;
  // Warm up, and find how many calls fill a round.
  for (let tries = 0; tries < 40; tries++) {
    const spent = round(call, results, guess) * guess * results;
    if (spent < 2e5) guess = Math.ceil(guess * 1.5);
  }
  return guess;
});
const times = cases.map(() => []);
for (let r = 0; r < ROUNDS; r++)
  cases.forEach(([, results, , call], i) => times[i].push(round(call, results, calls[i])));

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const medians = times.map(median);
const base = medians[cases.findIndex(([name]) => name === "Math.random()")];
console.log(`Node ${process.version}, ${process.arch}; medians of ${ROUNDS} rounds\n`);
console.log("| what | ns | ÷ Math.random() | claimed |");
console.log("|---|---:|---:|---:|");
let kept = true;
cases.forEach(([name, , limit], i) => {
  const ns = medians[i];
  if (limit !== undefined && ns > limit) kept = false;
  console.log(
    `| ${name} | ${ns.toFixed(1)} | ${(ns / base).toFixed(2)} | ${limit === undefined ? "" : `≤ ${limit}${ns <= limit ? "" : " MISSED"}`} |`,
  );
});
if (!Number.isFinite(sink)) throw new Error("a result is not finite");
process.exitCode = kept ? 0 : 1;
