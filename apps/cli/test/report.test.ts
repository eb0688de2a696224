// basin report and basin show: from folders to a page and figures, and from a figure back to its command.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findChromium } from "../../../tools/chromium.mjs";
import { basin, bytesOf, environment, fresh, main } from "./basin.ts";

const words = [
  "sphere:dimension=2,branin",
  "--optimizers",
  "nelder-mead,random-search",
  "--seeds",
  "3",
  "--budget",
  "100",
];
const out = fresh("out");
basin(["run", ...words, "-o", out]);

test("a report goes into the folder, and leaves what was there as it was", () => {
  const before = bytesOf(out);
  const { code, out: said } = basin(["report", out]);
  expect([code, said]).toEqual([
    0,
    `${join(out, "report.html")}, with 8 figures and 6 tables beside it in ${join(out, "figures")} and ${join(out, "tables")}.\n`,
  ]);
  const html = readFileSync(join(out, "report.html"), "utf8");
  expect(html).toContain(process.version.slice(1));
  for (const [name, text] of Object.entries(before)) expect(readFileSync(join(out, name), "utf8")).toBe(text);
  expect(readdirSync(join(out, "figures")).length).toBe(8);
});

test("of many problems a run tells a row each and draws nothing; the report has pictures of all instances together", () => {
  const folder = fresh("many");
  const many = [
    "bbob-f1,bbob-f5,bbob-f8",
    "--problem-set",
    "instance=[1,2,3,4,5,6,7,8,9]",
    "--dimensions",
    "2",
    "--budget",
    "10n",
  ];
  const { code, out: said } = basin([
    "run",
    ...many,
    "--optimizers",
    "nelder-mead,random-search",
    "--seeds",
    "2",
    "-o",
    folder,
  ]);
  expect(code).toBe(0);
  expect(said).toMatch(/^Median loss at the end above the known minimum$/m);
  expect(said.match(/^bbob-f\d dimension=2 \(9 instances\) .*$/gm)).toHaveLength(3);
  expect(said).toMatch(
    /^Over 3 problems (nelder mead|random search) has the lowest mean rank, [12]\.\d\d\./im,
  );
  for (const line of said.split("\n\nWritten")[0]!.split("\n"))
    expect([...line].length <= 80 || line).toBe(true);
  expect(said.split("\n").length).toBeLessThan(35);
  expect(readdirSync(folder).filter((name) => name.endsWith(".svg"))).toEqual([]);
  // 27 problems and two optimizers
  expect(readFileSync(join(folder, "summary.csv"), "utf8").split("\n").length - 2).toBe(54);
  expect(basin(["report", folder]).code).toBe(0);
  expect(readdirSync(join(folder, "figures"))).toContain("ends-bbob-f8-dimension=2.svg");
  // more lines than fit side by side: only what they are over all problems
  const wide = ["random-search", ...[1, 2, 3, 4, 5, 6, 7].map((i) => `adam:rate=${i / 10}`)].join(",");
  const { out: totals } = basin(["run", ...many, "--optimizers", wide, "--seeds", "1"]);
  expect(totals).toMatch(/^3 problems: summary\.csv has a row for each of them/m);
  expect(totals).toMatch(/^[A-H] +adam rate=0\.1 +\d\.\d\d +\d\/3 +0\/27$/m);
});

test("a figure says which command draws it, and that command, run as it stands, draws the same bytes", () => {
  const { code, out: said } = basin(["show", join(out, "curves-branin.svg")]);
  expect(code).toBe(0);
  const [comment, command] = said.split("\n");
  expect(comment).toMatch(/^# curves-branin of experiment [0-9a-f]{16}, drawn by basin \d+\.\d+\.\d+$/);
  const folder = fresh("again");
  const script = `set -e; basin() { "${process.execPath}" "${main}" "$@"; }; mkdir "${folder}"; cd "${folder}"; ${command}`;
  execFileSync("sh", ["-c", script], { env: environment() });
  for (const name of ["curves-branin.svg", "figures/ecdf.svg", "report.html"]) {
    const [mine, theirs] = [out, join(folder, "out")].map((where) => readFileSync(join(where, name), "utf8"));
    // the page names its folder and its machine
    const plain = (text: string): string => text.replaceAll(/Environment of \S+/g, "");
    expect(plain(theirs!)).toBe(plain(mine!));
  }
});

test("an experiment that fits on no line comes out of its figure as a file that runs", () => {
  const file = fresh("experiment.json");
  writeFileSync(
    `${file}.json`,
    JSON.stringify({
      problems: ["branin"],
      optimizers: [{ name: "random-search", label: "darts, thrown" }],
      replicates: 2,
      budget: 50,
    }),
  );
  const first = fresh();
  expect(basin(["run", `${file}.json`, "-o", first]).code).toBe(0);
  const figure = join(first, "curves.svg");
  expect(basin(["show", figure]).out).toContain(`basin show ${figure} --spec > experiment.json`);
  const spec = `${fresh("spec")}.json`;
  writeFileSync(spec, basin(["show", figure, "--spec"]).out);
  const second = fresh();
  expect(basin(["run", spec, "-o", second]).code).toBe(0);
  expect(bytesOf(second)).toEqual(bytesOf(first));
});

test("several folders are one comparison, with a folder of its own", () => {
  const other = fresh("other");
  basin(["run", "branin", "--optimizers", "cma-es", "--seeds", "3", "--budget", "100", "-o", other]);
  const refused = basin(["report", out, other]);
  expect([refused.code, refused.err]).toEqual([2, expect.stringMatching(/say with -o <folder>/)]);
  const both = fresh("both");
  expect(basin(["report", out, other, "-o", both]).code).toBe(0);
  const html = readFileSync(join(both, "report.html"), "utf8");
  expect(html).toMatch(/cma-es[^]*nelder-mead/);
  const longer = fresh("longer");
  basin(["run", "branin", "--optimizers", "random-search", "--seeds", "1", "--budget", "200", "-o", longer]);
  const unlike = basin(["report", out, longer, "-o", fresh()]);
  expect([unlike.code, unlike.err]).toEqual([
    2,
    expect.stringMatching(/budget is 100 in .* and 200 in .*run alike/),
  ]);
});

test("figures are drawn as PNG on request, twice as many pixels, each beside its SVG", () => {
  const where = fresh("png");
  expect(basin(["report", out, "--png", "-o", where], { CHROMIUM_PATH: findChromium() }).code).toBe(0);
  const names = readdirSync(join(where, "figures"));
  expect(names.filter((name) => name.endsWith(".png"))).toHaveLength(8);
  // the header of a PNG: eight bytes, a chunk's length and name, then width and height
  const bytes = readFileSync(join(where, "figures", "ecdf.png"));
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([2 * 820, 2 * 400]);
  const [png, svg] = ["png", "svg"].map((ending) => join(where, "figures", `ecdf.${ending}`));
  expect(basin(["show", png!]).out).toBe(basin(["show", svg!]).out);
  const none = basin(["report", out, "--png", "-o", fresh()], { CHROMIUM_PATH: "/nowhere" });
  expect([none.code, none.err]).toEqual([2, expect.stringMatching(/--png: CHROMIUM_PATH is \/nowhere/)]);
});

test("what holds no experiment is told in one line", () => {
  const nothing = fresh("nothing");
  for (const args of [
    ["report", nothing],
    ["show", nothing],
    ["show", join(out, "spec.json")],
  ]) {
    const { code, err } = basin(args);
    expect([code, err]).toEqual([2, expect.stringMatching(/^basin: [^\n]*\n$/)]);
  }
  expect(existsSync(nothing)).toBe(false);
});
