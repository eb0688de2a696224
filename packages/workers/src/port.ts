// Web Workers and worker_threads speak alike but not the same: what is used of each, as one endpoint and one way to die.
import type { Endpoint } from "comlink";

/** A Web Worker, or the inside of one: what is used of it. */
export interface WebPort {
  postMessage(message: unknown, transfer?: readonly unknown[]): void;
  // oxlint-disable-next-line typescript/no-explicit-any -- the DOM declares a type of event for each name; only that stands for all
  addEventListener(type: string, listener: (event: any) => void): void;
  // oxlint-disable-next-line typescript/no-explicit-any -- as above
  removeEventListener(type: string, listener: (event: any) => void): void;
}

/** A worker of node:worker_threads, or the `parentPort` inside one: what is used of it. */
export interface NodePort {
  postMessage(message: unknown, transfer?: readonly unknown[]): void;
  // oxlint-disable-next-line typescript/no-explicit-any -- Node declares its listeners so, and only that can stand for all of them
  on(event: string, listener: (value: any) => void): unknown;
  // oxlint-disable-next-line typescript/no-explicit-any -- as above
  off(event: string, listener: (value: any) => void): unknown;
}

/** A Web Worker or a worker of node:worker_threads, as its constructor makes it. */
export type WorkerLike = (WebPort | NodePort) & { terminate(): unknown };

type Listener = (event: { readonly data: unknown }) => void;
type Given = Listener | { handleEvent: Listener };

/** The port as comlink wants it. */
export function endpointOf(port: WebPort | NodePort): Endpoint {
  const adapters = new Map<Given, Listener>();
  const isNode = "on" in port && typeof port.on === "function";
  const adapt = (given: Given): Listener => {
    const listener: Listener = typeof given === "function" ? given : (event) => given.handleEvent(event);
    // Node hands over the message, the web an event that holds it
    const adapter: Listener = isNode ? (data: unknown) => listener({ data }) : listener;
    adapters.set(given, adapter);
    return adapter;
  };
  const endpoint = {
    postMessage: (message: unknown, transfer?: readonly unknown[]): void =>
      // an absent list must be absent: Node refuses undefined in places
      transfer === undefined ? port.postMessage(message) : port.postMessage(message, transfer),
    addEventListener(type: string, given: Given): void {
      if (isNode) port.on(type, adapt(given));
      else (port as WebPort).addEventListener(type, adapt(given));
    },
    removeEventListener(type: string, given: Given): void {
      const adapter = adapters.get(given);
      if (adapter === undefined) return;
      adapters.delete(given);
      if (isNode) port.off(type, adapter);
      else (port as WebPort).removeEventListener(type, adapter);
    },
  };
  return endpoint as unknown as Endpoint;
}

/** Calls back, in plain words, when the worker has died or cannot be understood. It may call back more than once. */
export function onDeath(worker: WorkerLike, died: (reason: string) => void): void {
  const unreadable = (): void => died("a message of its worker could not be read");
  if ("on" in worker && typeof worker.on === "function") {
    worker.on("error", (error: unknown) => died(`its worker threw: ${wordsOf(error)}`));
    worker.on("messageerror", unreadable);
    worker.on("exit", (code: unknown) => died(`its worker exited with code ${String(code)}`));
    return;
  }
  const web = worker as WebPort;
  web.addEventListener("error", (event: { readonly message?: unknown; preventDefault?(): void }) => {
    // it is told in the record of the run; nobody needs it on the console too
    event.preventDefault?.();
    const { message } = event;
    died(
      typeof message === "string" && message !== ""
        ? `its worker threw: ${message.replace(/^Uncaught (Error: )?/, "")}`
        : "its worker could not be loaded",
    );
  });
  web.addEventListener("messageerror", unreadable);
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
