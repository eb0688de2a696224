// A worker of the page. One file for both kinds, told apart by name, so that a visitor loads it once: "run" carries out
// runs, one at a time; "survey" draws maps and fits.
import { catalog } from "@basin/catalog";
import { createService } from "@basin/runner";
import { serve } from "@basin/workers";
import { serveSurvey } from "./survey-service.ts";

const clock = (): number => performance.now();

if (self.name === "survey") serveSurvey(catalog, clock);
else serve(createService({ catalog, clock }));
