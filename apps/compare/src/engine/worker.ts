// A worker of the page: carries runs out, one at a time.
import { catalog } from "@basin/catalog";
import { createService } from "@basin/runner";
import { serve } from "@basin/workers";

serve(createService({ catalog, clock: () => performance.now() }));
