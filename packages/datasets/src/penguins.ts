// Palmer penguins: body measures of three species (Gorman, Williams & Fraser 2014, PLoS ONE 9(3): e90081).
import { fromColumns, numbers } from "./columns.ts";
import * as data from "./data/penguins.ts";
import type { Dataset } from "./dataset.ts";

/**
 * 342 birds × 4 measures, 3 species: the 344 birds of the source less the two that were not measured. Each pair of
 * species can be separated by a plane, so a logistic loss without penalty has no minimum on them.
 */
export function penguins(): Dataset {
  return fromColumns(
    {
      name: "penguins",
      title: "Palmer penguins",
      source: "Gorman, Williams & Fraser (2014), Palmer Station LTER; by way of vega-datasets",
      licence: "CC0-1.0",
      target: { name: "species", unit: "" },
      classes: ["Adelie", "Chinstrap", "Gentoo"],
    },
    [
      { name: "beak length", unit: "mm", values: numbers(data.beakLength) },
      { name: "beak depth", unit: "mm", values: numbers(data.beakDepth) },
      { name: "flipper length", unit: "mm", values: numbers(data.flipperLength) },
      { name: "body mass", unit: "g", values: numbers(data.bodyMass) },
    ],
    numbers(data.species),
  );
}
