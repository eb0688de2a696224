// The package in Chromium and in Node: nothing of Node is needed, and the files are the same.
import { expect, test } from "vitest";
import { parseSpecText, type SpecError } from "@basin/experiment";
import { digestOf, filesOfSmall } from "./files.ts";
import { catalog } from "./made.ts";

test("the files of an experiment are these, in Node and in Chromium", async () => {
  const files = await filesOfSmall();
  expect(Object.fromEntries([...files].map(([name, text]) => [name, digestOf(text)]))).toMatchInlineSnapshot(`
    {
      "curves.csv": "6ec51b4f",
      "runs.csv": "b2f20b30",
      "runs.ndjson": "654520d7",
      "spec.json": "6b46d24",
      "summary.csv": "280c97c4",
    }
  `);
});

test("a bad file has the same faults in the same words", () => {
  const faultsOf = (text: string): readonly unknown[] => {
    try {
      parseSpecText(text, catalog);
      return [];
    } catch (error) {
      return (error as SpecError).faults.map(({ place, message }) => `${place}: ${message}`);
    }
  };
  expect(faultsOf('{ "problems": ["bowl"],\n  optimizers: [] }')).toEqual([
    'line 2, column 3: it is not JSON: "optimizers" stands where a name in double quotes is expected',
  ]);
  expect(
    faultsOf('{ "problems": ["bowel"], "optimizers": ["slide"], "budgt": 1, "seed": 1, "seed": 2 }'),
  ).toEqual([
    ": seed stands there twice (leave one of them)",
    ": budgt is unknown (did you mean budget)",
    "problems[0]: there is no problem bowel (did you mean bowl)",
  ]);
});
