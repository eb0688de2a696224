// Carries out the jobs that the main thread sends, one at a time.
import { parentPort } from "node:worker_threads";
import { carryOut } from "./jobs.mjs";

parentPort.on("message", (job) => {
  try {
    parentPort.postMessage({ job, result: carryOut(job) });
  } catch (error) {
    parentPort.postMessage({ job, error: String(error?.stack ?? error) });
  }
});
