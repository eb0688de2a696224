// Timers as every host has them, though the language does not.

interface Host {
  setInterval(task: () => void, milliseconds: number): unknown;
  clearInterval(timer: unknown): void;
  setTimeout(task: () => void, milliseconds: number): unknown;
  clearTimeout(timer: unknown): void;
}

const host = globalThis as unknown as Host;

/** Calls `task` again and again; the function returned ends that. */
export function every(milliseconds: number, task: () => void): () => void {
  const timer = host.setInterval(task, milliseconds);
  return () => host.clearInterval(timer);
}

/** Calls `task` once; the function returned prevents it. */
export function after(milliseconds: number, task: () => void): () => void {
  const timer = host.setTimeout(task, milliseconds);
  return () => host.clearTimeout(timer);
}
