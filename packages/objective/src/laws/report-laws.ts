// The law of reports: finite numbers under the same names everywhere.
import { demand } from "../law.ts";
import { shown } from "./sample.ts";
import { same, sampleOf, type LawTable } from "./subject.ts";

export const reportLaws = {
  "reports finite numbers under the same names everywhere"(subject) {
    const { objective } = subject;
    if (objective.report === undefined) return;
    const points = sampleOf(subject, subject.streams.rng("report"));
    const names = Object.keys(objective.report(points[0]!));
    for (const x of points) {
      const before = x.slice();
      const report = objective.report(x);
      same(x, before, "the point before and after");
      same(objective.report(x), report, "a report and the same again");
      same(Object.keys(report), names, "names of two reports");
      for (const [name, value] of Object.entries(report))
        demand(Number.isFinite(value), `at [${shown(x)}] it reports ${name} = ${value}`);
    }
  },
} satisfies LawTable;
