// What is used of an AbortSignal, so that this package needs neither the DOM's types nor Node's.

/** Any AbortSignal is one. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
