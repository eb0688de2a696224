// Laws of what an objective says of itself: its domain and its prices.
import { demand } from "../law.ts";
import { inBox, isFiniteVector } from "../vector.ts";
import { kindsOf } from "./sample.ts";
import type { LawTable } from "./subject.ts";

export const domainLaws = {
  "has a sound domain"({ objective }) {
    const { dimension, bounds, initial, region, layout } = objective.domain;
    for (const [name, box] of Object.entries({ bounds, initial, region }))
      for (const side of [box.lower, box.upper])
        demand(side.length === dimension, `${name} has ${side.length} entries instead of ${dimension}`);
    for (const [name, box] of Object.entries({ initial, region })) {
      demand(isFiniteVector(box.lower) && isFiniteVector(box.upper), `${name} is not finite`);
      demand(inBox(box.lower, bounds) && inBox(box.upper, bounds), `${name} reaches out of the bounds`);
      demand(inBox(box.lower, { lower: bounds.lower, upper: box.upper }), `${name} is empty`);
    }
    const covered = layout.reduce((end, { offset, shape }) => {
      demand(offset === end, `a block begins at ${offset} instead of ${end}`);
      return end + shape.reduce((a, b) => a * b, 1);
    }, 0);
    demand(covered === dimension, `the layout covers ${covered} of ${dimension} coordinates`);
  },

  "has positive prices, that of a value being 1"({ objective }) {
    demand(kindsOf(objective).length > 0, "it answers nothing");
    for (const [kind, price] of Object.entries(objective.answers))
      demand(price > 0 && price < Infinity, `the price of ${kind} is ${price}`);
    const { value = 1 } = objective.answers;
    demand(value === 1, `a value costs ${value}: prices are in units of one full f(x)`);
    const { examples } = objective;
    demand(Number.isSafeInteger(examples) && examples >= 1, `one evaluation visits ${examples} examples`);
  },
} satisfies LawTable;
