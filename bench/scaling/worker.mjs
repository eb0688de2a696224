import { parentPort } from "node:worker_threads";
import { catalog } from "@basin/catalog";
import { createService } from "@basin/runner";
import { serve } from "@basin/workers";

serve(createService({ catalog, clock: () => performance.now() }), parentPort);
