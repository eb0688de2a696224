// Life expectancy and income of 187 countries in 2015 (free material from gapminder.org).
import { fromColumns, numbers } from "./columns.ts";
import * as data from "./data/health-income.ts";
import type { Dataset } from "./dataset.ts";

/** 187 countries; income per person (GDP at purchasing-power parity) and population; target: life expectancy at birth. */
export function healthIncome(): Dataset {
  return fromColumns(
    {
      name: "health-income",
      title: "Health and income of nations 2015",
      source: "Free material from gapminder.org; by way of vega-datasets",
      licence: "CC-BY-4.0",
      target: { name: "life expectancy", unit: "years" },
    },
    [
      { name: "income", unit: "$/year", values: numbers(data.income) },
      { name: "population", unit: "people", values: numbers(data.population) },
    ],
    numbers(data.lifeExpectancy),
  );
}
