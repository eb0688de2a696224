// Carries runs out, one at a time.
import { parentPort, workerData } from "node:worker_threads";
import { createService } from "@basin/runner";
import { serve } from "@basin/workers";
import { catalogIn } from "./models.mjs";

const { mode, batch } = workerData;
serve(createService({ catalog: catalogIn(mode, batch), clock: () => performance.now() }), parentPort);
