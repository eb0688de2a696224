// The laws of the contract between an objective and whoever asks it, as data: each is one statement with a check.
export type { Law } from "./law.ts";
export { objectiveLawNames, objectiveLaws } from "./laws/objective-laws.ts";
export type { ObjectiveLawException, ObjectiveLawName, ObjectiveLawOptions } from "./laws/objective-laws.ts";
export { problemLaws } from "./laws/problem-laws.ts";
export { checkSettings } from "./laws/settings.ts";
