// basin export: an experiment as logs that other people's tools read.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "@basin/objective";
import { readStore, writeFiles } from "@basin/experiment/node";
import { exportCoco, exportIoh } from "@basin/report";
import { catalog } from "@basin/catalog";

export interface ExportOptions {
  readonly format: "coco" | "ioh";
  readonly out: string;
}

export function exportLogs(folder: string, { format, out }: ExportOptions): void {
  const result = readStore(folder, catalog);
  if (existsSync(out) && statSync(out).isDirectory() && readdirSync(out).length > 0)
    throw new UsageError(out, "it is not empty", "choose another folder");
  let files: ReadonlyMap<string, string>;
  try {
    files = format === "coco" ? exportCoco(result) : exportIoh(result);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(
      folder,
      error.message.replace(/^\w+: /, "").replace(/\.$/, ""),
      "see --format ioh, which takes any problem",
    );
  }
  writeFiles(out, files);
  const reader = format === "coco" ? `python -m cocopp ${join(out, "*")}` : "IOHanalyzer and IOHinspector";
  console.log(`${files.size} files in ${out}, for ${reader}.`);
}
