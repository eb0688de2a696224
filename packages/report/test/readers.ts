// Independent readers of the two log formats, written from their documentation alone: they know nothing of what the exports are made from.

export interface ReadRun {
  readonly instance: number;
  readonly evaluations: number;
  /** Evaluation and how far above the minimum, in the order of the file. */
  readonly rows: readonly (readonly [evaluation: number, gap: number])[];
}

export interface ReadData {
  readonly algorithm: string;
  readonly number: number;
  readonly dimension: number;
  readonly runs: readonly ReadRun[];
}

type Files = ReadonlyMap<string, string>;

/** COCO, "bbob-new2": three lines a dimension in .info, runs begun by a line with a percent sign in .dat and .tdat. */
export function readCoco(files: Files, extension: ".dat" | ".tdat" = ".dat"): ReadData[] {
  return [...files].flatMap(([path, text]) => {
    if (!path.endsWith(".info")) return [];
    const folder = path.slice(0, path.lastIndexOf("/"));
    const lines = text.trimEnd().split("\n");
    if (lines.length % 3 !== 0) throw new Error(`${path}: ${lines.length} lines`);
    return Array.from({ length: lines.length / 3 }, (_, i): ReadData => {
      const [head, comment, entries] = lines.slice(3 * i, 3 * i + 3) as [string, string, string];
      if (!comment.startsWith("%")) throw new Error(`${path}: no comment`);
      const pairs = Object.fromEntries(
        head.split(",").map((pair) => pair.split("=").map((part) => part.trim())),
      );
      for (const key of ["suite", "algId", "data_format"])
        if (!/^'.*'$/.test(pairs[key] ?? "")) throw new Error(`${path}: ${key} is not quoted`);
      if (Number(pairs["Precision"]) !== 1e-8) throw new Error(`${path}: precision`);
      const [file, ...runs] = entries.split(", ");
      const data = files.get(`${folder}/${file!.replace(/\.dat$/, extension)}`);
      if (data === undefined) throw new Error(`${path}: ${file} is not there`);
      const blocks = blocksOf(data, (line) => line.startsWith("% f evaluations"));
      if (blocks.length !== runs.length) throw new Error(`${path}: ${blocks.length} runs in ${file}`);
      return {
        algorithm: pairs["algId"]!.slice(1, -1),
        number: Number(pairs["funcId"]),
        dimension: Number(pairs["DIM"]),
        runs: runs.map((run, r) => {
          const [, instance, evaluations, final] = /^(\d+):(\d+)\|([-+\d.e]+)$/.exec(run)!;
          const rows = blocks[r]!.map((line) => {
            const [evaluation, constraints, gap] = line.split(" ").map(Number);
            if (!Number.isInteger(evaluation) || constraints !== 0) throw new Error(`${file}: ${line}`);
            return [evaluation!, gap!] as const;
          });
          if (Number(rows.at(-1)![1].toExponential(1)) !== Number(final))
            throw new Error(`${file}: final ${run}`);
          return { instance: Number(instance), evaluations: Number(evaluations), rows };
        }),
      };
    });
  });
}

/** IOHprofiler 0.3.3 and later: JSON beside .dat, runs begun by a line of names. */
export function readIoh(files: Files): ReadData[] {
  return [...files].flatMap(([path, text]) => {
    if (!path.endsWith(".json")) return [];
    const folder = path.slice(0, path.lastIndexOf("/"));
    const read = JSON.parse(text) as {
      version: string;
      function_id: number;
      function_name: string;
      algorithm: { name: string };
      attributes: string[];
      scenarios: {
        dimension: number;
        path: string;
        runs: { instance: number; evals: number; best: { evals: number; y: number; x: number[] } }[];
      }[];
    };
    if (path !== `${folder}/IOHprofiler_f${read.function_id}_${read.function_name}.json`)
      throw new Error(path);
    if (read.attributes.join(" ") !== "evaluations raw_y") throw new Error(`${path}: attributes`);
    return read.scenarios.map(({ dimension, path: file, runs }): ReadData => {
      const blocks = blocksOf(files.get(`${folder}/${file}`)!, (line) => line === "evaluations raw_y");
      if (blocks.length !== runs.length) throw new Error(`${file}: ${blocks.length} runs`);
      return {
        algorithm: read.algorithm.name,
        number: read.function_id,
        dimension,
        runs: runs.map(({ instance, evals, best }, r) => {
          if (best.x.length !== dimension) throw new Error(`${file}: a point of ${best.x.length}`);
          return {
            instance,
            evaluations: evals,
            rows: blocks[r]!.map((line) => line.split(" ").map(Number) as [number, number]),
          };
        }),
      };
    });
  });
}

function blocksOf(text: string, begins: (line: string) => boolean): string[][] {
  const blocks: string[][] = [];
  for (const line of text.trimEnd().split("\n"))
    if (begins(line)) blocks.push([]);
    else blocks.at(-1)!.push(line);
  return blocks;
}

/** As COCO defines it: evaluations of all runs until the first line at or below the target, or their end, over the successes. */
export function ertOf(runs: readonly ReadRun[], target: number): number {
  const hits = runs.map(({ rows }) => rows.find(([, gap]) => gap <= target)?.[0]);
  const spent = runs.reduce((sum, { evaluations }, i) => sum + (hits[i] ?? evaluations), 0);
  const successes = hits.filter((hit) => hit !== undefined).length;
  return successes === 0 ? Infinity : spent / successes;
}
