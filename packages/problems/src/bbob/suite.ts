// The table of the 24 noiseless functions of the BBOB suite, f1 … f24.
import type { Definition } from "./definition.ts";
import * as illConditioned from "./ill-conditioned.ts";
import * as moderate from "./moderate.ts";
import * as multimodal from "./multimodal.ts";
import * as separable from "./separable.ts";
import * as weak from "./weakly-structured.ts";

export const suite: readonly Definition[] = [
  separable.sphere,
  separable.ellipsoidSeparable,
  separable.rastriginSeparable,
  separable.buecheRastrigin,
  separable.linearSlope,
  moderate.attractiveSector,
  moderate.stepEllipsoid,
  moderate.rosenbrock,
  moderate.rosenbrockRotated,
  illConditioned.ellipsoid,
  illConditioned.discus,
  illConditioned.bentCigar,
  illConditioned.sharpRidge,
  illConditioned.differentPowers,
  multimodal.rastrigin,
  multimodal.weierstrass,
  multimodal.schaffersF7,
  multimodal.schaffersF7Ill,
  multimodal.griewankRosenbrock,
  weak.schwefel,
  weak.gallagher101,
  weak.gallagher21,
  weak.katsuura,
  weak.lunacek,
];
