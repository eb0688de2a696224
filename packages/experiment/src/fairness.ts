// What makes a comparison fair, checked on the records: each check is a fact that holds or does not, with the numbers behind it.
import { firstDifference } from "@basin/objective";
import { budgetInWords } from "./budget.ts";
import { counted, countInWords, listed, nameInWords } from "./prose.ts";
import { settingsInWords } from "./settings-in-words.ts";
import type { Entry, ExperimentResult, RunRecord } from "./spec.ts";

export interface Check {
  readonly ok: boolean;
  /** What is checked, as it holds: "Same starts". */
  readonly statement: string;
  /** The numbers behind it, or what was found instead. */
  readonly detail: string;
}

/** The checks, in the order in which they matter. */
export function fairness(result: ExperimentResult): readonly Check[] {
  const records = result.records.filter(({ result: { ending } }) => ending !== "cancelled");
  // a run that never began has no start to compare; it is counted as failed below
  const begun = records.filter((record) => record.result.start.x.length > 0);
  return [
    sameStarts(begun),
    sameData(begun),
    sameBudget(result, records),
    sameSeeds(result, records),
    samePrices(begun),
    sameCare(result),
    allCounted(result, records),
  ];
}

/** Records that belong together: one problem, one replicate, every optimizer. */
function groups(records: readonly RunRecord[]): (readonly RunRecord[])[] {
  const groups = new Map<string, RunRecord[]>();
  for (const record of records) {
    const name = `${record.run.problem}/${record.run.spec.replicate}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [record]);
    else group.push(record);
  }
  return [...groups.values()];
}

/** The first group in which `of` differs, to the last bit. */
function differing(records: readonly RunRecord[], of: (record: RunRecord) => unknown): RunRecord | undefined {
  for (const group of groups(records)) {
    const odd = group.find((record) => firstDifference(of(group[0]!), of(record)) !== undefined);
    if (odd !== undefined) return odd;
  }
  return undefined;
}

const place = ({ run }: RunRecord): string =>
  `${run.spec.optimizer.name} on ${run.spec.problem.name}, seed ${run.spec.replicate + 1}`;

function sameStarts(records: readonly RunRecord[]): Check {
  const odd = differing(records, ({ result }) => result.start.x);
  return {
    ok: odd === undefined,
    statement: "Same starts: in each seed every optimizer begins at the same point.",
    detail:
      odd === undefined
        ? `${counted(groups(records).length, "start")}, compared bit by bit.`
        : `${place(odd)} begins elsewhere.`,
  };
}

function sameData(records: readonly RunRecord[]): Check {
  // whoever could not pay for the first question knows no loss
  const looked = records.filter(({ result }) => result.tally.cost > 0);
  const odd = differing(looked, ({ result }) => result.start.loss);
  const blind = records.length - looked.length;
  const rest =
    blind === 0 ? "" : ` The budget of ${counted(blind, "run")} was too small for a first question.`;
  return {
    ok: odd === undefined,
    statement: "Same data: split and order come from the seed, which no optimizer sees.",
    detail:
      odd === undefined
        ? `The loss at the start is equal to the last bit in each seed.${rest}`
        : `The loss at the start differs for ${place(odd)}.`,
  };
}

function sameBudget({ spec }: ExperimentResult, records: readonly RunRecord[]): Check {
  // as the runner has it: three times 1.1 is a hair above 3.3 in doubles
  const over = records.find(({ run, result }) => result.tally.cost > run.spec.budget * (1 + 1e-9));
  const most = records.reduce((max, { result }) => Math.max(max, result.tally.cost), 0);
  return {
    ok: over === undefined,
    statement: `Same budget: ${budgetInWords(spec.budget)} each, and nobody overdrew.`,
    detail:
      over === undefined
        ? `The most that a run spent is ${countInWords(most)}.${ofN(spec)} A slope counts at its price.`
        : `${place(over)} spent ${countInWords(over.result.tally.cost)}.`,
  };
}

/** What n is here. */
function ofN({ budget, problems }: ExperimentResult["spec"]): string {
  if (typeof budget === "number") return "";
  const all = problems.map(({ dimension }) => dimension!);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return ` The dimension n is ${low === high ? low : `${low} to ${high}`}.`;
}

function sameSeeds({ spec }: ExperimentResult, records: readonly RunRecord[]): Check {
  const planned = spec.problems.length * spec.optimizers.length * spec.replicates;
  const missing = planned - records.length;
  return {
    ok: missing === 0,
    statement: `Same seeds: each optimizer ran ${spec.replicates === 1 ? "the one seed" : `all ${countInWords(spec.replicates)} seeds`}.`,
    detail:
      missing === 0
        ? `${counted(records.length, "run")} planned, ${countInWords(records.length)} recorded.`
        : `${counted(missing, "run")} of ${countInWords(planned)} missing.`,
  };
}

function samePrices(records: readonly RunRecord[]): Check {
  const odd: RunRecord[] = [];
  const prices = new Map<string, number>();
  for (const record of records)
    for (const [kind, price] of Object.entries(record.result.prices)) {
      const name = `${record.run.problem} ${kind}`;
      const known = prices.get(name) ?? price;
      prices.set(name, known);
      if (known !== price) odd.push(record);
    }
  const slopes = [
    ...new Set([...prices].filter(([name]) => name.endsWith(" gradient")).map(([, price]) => price)),
  ];
  return {
    ok: odd.length === 0,
    statement: "Same prices: the same question costs everyone the same.",
    detail:
      odd.length > 0
        ? `${place(odd[0]!)} paid another price.`
        : slopes.length === 0
          ? "Nobody asked for a slope; a look costs 1."
          : `A look costs 1, a slope ${listed(slopes.map((price) => countInWords(price)))}: counted operations, not assumed.`,
  };
}

function sameCare({ spec }: ExperimentResult): Check {
  const { optimizers } = spec;
  const tuned = optimizers.filter(({ tuning }) => tuning !== undefined);
  const changed = optimizers.filter(
    ({ settings, tuning }) => tuning === undefined && Object.keys(settings).length > 0,
  );
  // what has nothing to tune cannot be wronged
  const varied = tuned.filter(({ tuning }) => tuning!.varied.length > 0);
  const efforts = [...new Set(varied.map(({ tuning }) => tuning!.runs))];
  if (tuned.length === optimizers.length) {
    const { seeds, criterion } = (varied[0] ?? tuned[0]!).tuning!;
    const plain = tuned.filter((entry) => !varied.includes(entry));
    const rest =
      plain.length === 0 || varied.length === 0
        ? ""
        : ` Nothing to tune: ${listed(plain.map(({ label, name }) => nameInWords(label, name)))}.`;
    return {
      ok: efforts.length <= 1,
      statement: "Same care: every optimizer got the same number of tuning runs.",
      detail:
        efforts.length <= 1
          ? `${counted(efforts[0] ?? 0, "tuning run")} each on ${counted(seeds, "held-out seed")}, counted. Chosen: ${criterion}.${rest}`
          : `Tuning runs: ${tuned.map(({ label, name, tuning }) => `${nameInWords(label, name)} ${countInWords(tuning!.runs)}`).join(", ")}.`,
    };
  }
  const parts = [
    tuned.length === 0
      ? ""
      : `Tuned: ${tuned.map(({ label, name, tuning }) => `${nameInWords(label, name)} (${counted(tuning!.runs, "run")})`).join(", ")}.`,
    changed.length === 0 ? "" : `Set by hand: ${changed.map(byHand).join("; ")}.`,
  ].filter((part) => part !== "");
  return {
    ok: parts.length === 0,
    statement: "Same care: every optimizer has its default settings.",
    detail:
      parts.length === 0
        ? "Nobody was tuned on this problem."
        : `${parts.join(" ")} A method looks good if someone tuned it.`,
  };
}

function byHand({ label, name, settings }: Entry): string {
  const words = settingsInWords(settings);
  return label.endsWith(words) ? label : `${nameInWords(label, name)} (${words})`;
}

function allCounted({ spec }: ExperimentResult, records: readonly RunRecord[]): Check {
  const failed = records.filter(({ result }) => result.ending === "failed");
  const diverged = records.filter(({ result }) => result.ending !== "failed" && result.diverged);
  const names = (some: readonly RunRecord[]): string =>
    listed(
      spec.optimizers.flatMap(({ label, name }, e) => {
        const count = some.filter(({ run }) => run.entry === e).length;
        return count === 0 ? [] : [`${countInWords(count)} of ${nameInWords(label, name)}`];
      }),
    );
  const reasons = [...new Set(failed.map(({ result }) => result.reason.replace(/\.$/, "")))];
  const again = records.filter(({ attempts }) => attempts > 1).length;
  const parts = [
    failed.length > 0
      ? `${counted(failed.length, "run")} failed (${names(failed)}): ${reasons.join("; ")}.`
      : "",
    diverged.length > 0 ? `${counted(diverged.length, "run")} diverged (${names(diverged)}).` : "",
    failed.length + diverged.length > 0 ? "They count as not reached, and raise the median." : "",
    again > 0 ? `${counted(again, "run")} lost a worker and began again.` : "",
  ].filter((part) => part !== "");
  return {
    ok: failed.length === 0,
    statement: "Nothing left out: every run counts, and none failed.",
    detail: parts.length === 0 ? "No run failed or diverged." : parts.join(" "),
  };
}
