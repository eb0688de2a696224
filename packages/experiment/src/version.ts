// basin's own version: part of every fingerprint, since another version may compute other bits.

/** Equal to the version in package.json (a test compares them). */
export const version = "0.1.0";
