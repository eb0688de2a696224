// Draws what it is given some frames later, so that a dozen pictures do not come in one frame and make it late.
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { frame } from "../state/store.ts";

export interface LaterProps<T> {
  readonly value: T;
  /** Frames to wait. Until then what was drawn before stays. */
  readonly after: number;
  readonly draw: (value: T) => JSX.Element;
  /** Stands in its place at first. */
  readonly empty: JSX.Element;
}

export function Later<T extends object>({ value, after, draw, empty }: LaterProps<T>): JSX.Element {
  const [shown, setShown] = useState<T | undefined>(undefined);
  useEffect(() => {
    let left: number | undefined = after;
    const tick = (): void => {
      if (left === undefined) return;
      if (left-- > 0) frame(tick);
      else setShown(value);
    };
    tick();
    return () => {
      left = undefined;
    };
  }, [value]);
  return useMemo(() => (shown === undefined ? empty : draw(shown)), [shown]);
}
