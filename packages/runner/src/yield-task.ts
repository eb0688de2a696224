// Lets other tasks have their turn: timers, messages, input. A promise alone does not, since microtasks go first.

/** What engines have for this, none of it in the language. */
interface Host {
  readonly setImmediate?: (task: () => void) => unknown;
  readonly MessageChannel?: new () => {
    readonly port1: {
      addEventListener(type: "message", listener: () => void): void;
      start(): void;
      close(): void;
    };
    readonly port2: { postMessage(message: null): void };
  };
  readonly setTimeout?: (task: () => void, milliseconds: number) => unknown;
}

/**
 * Resolves in a later task: by setImmediate (Node), else a MessageChannel (browsers, whose timers wait 4 ms when they
 * are nested), else a timer.
 */
export function yieldTask(): Promise<void> {
  const host = globalThis as unknown as Host;
  return new Promise((resolve) => {
    if (host.setImmediate !== undefined) host.setImmediate(resolve);
    else if (host.MessageChannel !== undefined) {
      const { port1, port2 } = new host.MessageChannel();
      port1.addEventListener("message", () => {
        port1.close();
        resolve();
      });
      port1.start();
      port2.postMessage(null);
    } else if (host.setTimeout !== undefined) host.setTimeout(resolve, 0);
    else resolve();
  });
}
