// How busy the page's own thread is while 12 optimizers × 25 seeds run: processor time (not wall time, which a busy machine spoils) per
// frame of 1/60 s, and frames that came late. After a build: node bench/frames.mjs [seconds]
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { findChromium } from "../../../tools/chromium.mjs";
import { serve } from "../../../tools/serve.mjs";

const seconds = Number(process.argv[2] ?? 8);
const optimizers =
  "gradient-descent,adam,momentum,random-search,genetic-algorithm,nesterov,rmsprop,cma-es,nelder-mead,random-walk,particle-swarm,l-bfgs";
const folder = mkdtempSync(join(tmpdir(), "basin-frames-"));
const { url, server } = await serve(fileURLToPath(new URL("../dist", import.meta.url)), { port: 4800 });
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${url}#optimizers=${optimizers}&seeds=25&budget=40000`);
  await page.waitForSelector("h1");
  await page.waitForTimeout(1500);
  const path = join(folder, "trace.json");
  await browser.startTracing(page, { path, categories: ["toplevel"] });
  await page.locator(".run-bar button", { hasText: "Run" }).first().click();
  const gaps = await page.evaluate(
    (milliseconds) =>
      new Promise((resolve) => {
        const found = [];
        let [first, last] = [undefined, undefined];
        const frame = (now) => {
          first ??= now;
          if (last !== undefined) found.push(now - last);
          last = now;
          if (now - first < milliseconds) requestAnimationFrame(frame);
          else resolve(found);
        };
        requestAnimationFrame(frame);
      }),
    1000 * seconds,
  );
  const standing = await page.locator(".run-bar [role=status]").innerText();
  await browser.stopTracing();
  report(JSON.parse(readFileSync(path, "utf8")).traceEvents, gaps, standing);
} finally {
  await browser.close();
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
}

function report(events, gaps, standing) {
  const threadOf = ({ pid, tid }) => `${pid}/${tid}`;
  const tasks = events.filter(({ ph, name }) => ph === "X" && name === "ThreadControllerImpl::RunTask");
  const spent = new Map();
  for (const task of tasks) spent.set(threadOf(task), (spent.get(threadOf(task)) ?? 0) + (task.tdur ?? 0));
  const mains = events
    .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
    .map(threadOf);
  // of the renderers there are, the busiest is the page's
  const [main] = mains.sort((a, b) => (spent.get(b) ?? 0) - (spent.get(a) ?? 0));
  const mine = tasks.filter((task) => threadOf(task) === main);
  const from = Math.min(...mine.map(({ ts }) => ts));
  const frames = new Float64Array(Math.ceil((Math.max(...mine.map(({ ts }) => ts)) - from) / (1e6 / 60)) + 1);
  for (const { ts, tdur = 0 } of mine) frames[Math.floor((ts - from) / (1e6 / 60))] += tdur / 1000;
  const at = (values, share) =>
    values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))].toFixed(1);
  const mean = frames.reduce((a, b) => a + b, 0) / frames.length;
  const late = gaps.filter((gap) => gap > 25).length;
  console.log(standing);
  console.log(
    `main thread, ms of processor time a frame: mean ${mean.toFixed(1)}, median ${at(frames, 0.5)}, 95 % ${at(frames, 0.95)}, 99 % ${at(frames, 0.99)}, most ${at(frames, 1)}; above 8 ms: ${((100 * frames.filter((busy) => busy > 8).length) / frames.length).toFixed(1)} % of ${frames.length} frames`,
  );
  console.log(`late frames: ${late} of ${gaps.length}, median gap ${at(gaps, 0.5)} ms`);
}
