export { exportCoco } from "./logs/coco.ts";
export { exportIoh } from "./logs/ioh.ts";
