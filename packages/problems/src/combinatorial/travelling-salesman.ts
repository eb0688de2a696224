// Travelling salesman: the shortest round trip through all cities (Dantzig, Fulkerson & Johnson 1954, Solution of a large-scale traveling-salesman problem).
import { cos, sin } from "@basin/math";
import { makeDomain, UsageError, z, type Problem } from "@basin/objective";
import type { Rng } from "@basin/random";
import { answerAll } from "../answer.ts";

const settings = z.object({
  cities: z
    .int()
    .min(3)
    .max(500)
    .default(25)
    .meta({ label: "cities", help: "How many there are to visit.", scale: "log", range: [5, 100] }),
  layout: z.enum(["circle", "square"]).default("circle").meta({
    label: "layout",
    help: "On a circle, where the best trip is known: around it; or anywhere in a square.",
  }),
});

interface City {
  readonly x: number;
  readonly y: number;
  readonly turn: number;
}

function drawCities(n: number, layout: "circle" | "square", rng: Rng): City[] {
  return Array.from({ length: n }, () => {
    const [turn, y] = [rng.uniform(), rng.uniform()];
    const angle = 2 * Math.PI * turn;
    return layout === "circle" ? { x: cos(angle), y: sin(angle), turn } : { x: turn, y, turn };
  });
}

/** Length of the trip that visits city x₀, x₁, … and goes back; throws where x is no permutation. */
function lengthOf(distances: Float64Array, n: number): (x: Readonly<Float64Array>) => number {
  const visited = new Int32Array(n);
  let trip = 0;
  return (x) => {
    trip++;
    let length = 0;
    for (let i = 0, from = x[n - 1]!; i < n; i++) {
      const to = x[i]!;
      if (visited[to] === undefined || visited[to] === trip)
        throw new UsageError(
          "travelling-salesman",
          `entry ${i} of the trip is ${to}`,
          `visit each of the cities 0 … ${n - 1} once`,
        );
      visited[to] = trip;
      length += distances[from * n + to]!;
      from = to;
    }
    return length;
  };
}

export const travellingSalesman: Problem<typeof settings> = {
  name: "travelling-salesman",
  summary:
    "The shortest round trip through all cities: permutations, where neighbours matter and places do not.",
  references: [
    "G. Dantzig, R. Fulkerson & S. Johnson (1954), Solution of a large-scale traveling-salesman problem, Operations Research 2(4)",
  ],
  settings,
  create({ cities: n, layout }, rng) {
    const cities = drawCities(n, layout, rng.fork("cities"));
    const distances = new Float64Array(n * n);
    for (let a = 0; a < n; a++)
      for (let b = 0; b < n; b++) {
        const [dx, dy] = [cities[a]!.x - cities[b]!.x, cities[a]!.y - cities[b]!.y];
        distances[a * n + b] = Math.sqrt(dx * dx + dy * dy);
      }
    const value = lengthOf(distances, n);
    // The best trip through points in convex position goes around them: any other crosses itself.
    const around = Float64Array.from(cities.keys()).sort((a, b) => cities[a]!.turn - cities[b]!.turn);
    return {
      name: "travelling-salesman",
      domain: makeDomain({ dimension: n, encoding: "permutation", bounds: { lower: 0, upper: n - 1 } }),
      answers: { value: 1 },
      examples: 1,
      noisy: false,
      ...(layout === "circle" && { minimum: { value: value(around), at: [around] } }),
      evaluate: (ask) => answerAll(ask, { value }),
    };
  },
};
