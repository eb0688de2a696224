// Carries runs out, one at a time.
import { parentPort, workerData } from "node:worker_threads";
import { createService } from "@basin/runner";
import { serve } from "@basin/workers";
import { catalogWith } from "./models.mjs";

serve(createService({ catalog: catalogWith(workerData.batch), clock: () => performance.now() }), parentPort);
