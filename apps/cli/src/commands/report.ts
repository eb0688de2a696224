// basin report: what one folder or several hold, as a page to read, figures and tables to publish.
import { readFileSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { UsageError, parseSettings } from "@basin/objective";
import { missing, readStore, writeFiles } from "@basin/experiment/node";
import { report as reportOf, reportFiles, type Report, type ReportPart } from "@basin/report";
import { catalog } from "@basin/catalog";
import { drawPng } from "../files/png.ts";
import { counted } from "../terminal/words.ts";

export interface ReportOptions {
  readonly out?: string;
  readonly png?: boolean;
}

export function report(folders: readonly string[], options: ReportOptions): void {
  const out = options.out ?? (folders.length === 1 ? folders[0]! : undefined);
  if (out === undefined)
    throw new UsageError(
      "report",
      "several folders are compared",
      "say with -o <folder> where the report goes",
    );
  const names = folders.map((folder) => basename(resolve(folder)));
  const parts = folders.map((folder, i): ReportPart => {
    const result = readStore(folder, catalog);
    const left = missing(result);
    if (left > 0)
      console.error(
        `${folder}: ${counted(left, "run")} ${left === 1 ? "is" : "are"} missing; the report is on the others.`,
      );
    // where two folders have one name, the whole path tells them apart
    const name = names.indexOf(names[i]!) === names.lastIndexOf(names[i]!) ? names[i]! : folder;
    const environment = environmentOf(folder);
    return { name, result, ...(environment === undefined ? {} : { environment }) };
  });
  const files = reportFiles(made(folders, parts));
  writeFiles(out, files);
  if (options.png === true)
    drawPng(
      [...files]
        .filter(([name]) => name.endsWith(".svg"))
        .map(([name, svg]) => {
          const path = join(out, name);
          rmSync(path.replace(/\.svg$/, ".png"), { force: true });
          return { path, svg };
        }),
    );
  const count = (kind: string): number => [...files.keys()].filter((name) => name.endsWith(kind)).length;
  console.log(
    `${join(out, "report.html")}, with ${counted(count(".svg"), "figure")} and ${counted(count(".csv"), "table")} beside it in ${join(out, "figures")} and ${join(out, "tables")}.`,
  );
}

function made(folders: readonly string[], parts: readonly ReportPart[]): Report {
  try {
    return reportOf(parts, { defaultOf });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const [found, advice] = error.message
      .replace(/^\w+: /, "")
      .replace(/\.$/, "")
      .split("; ");
    throw new UsageError(folders.join(" "), found!, advice ?? "give other folders");
  }
}

/** What a hyperparameter is where the settings say nothing of it. */
function defaultOf(name: string, hyperparameter: string): unknown {
  const optimizer = catalog.optimizers[name];
  if (optimizer === undefined) return undefined;
  const defaults: Readonly<Record<string, unknown>> = parseSettings(optimizer.hyperparameters, {}, name);
  return defaults[hyperparameter];
}

/** Of the process that wrote last, if it is there. */
function environmentOf(folder: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const read: unknown = JSON.parse(readFileSync(join(folder, "environment.json"), "utf8"));
    return typeof read === "object" && read !== null ? (read as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
