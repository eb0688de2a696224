// The part of the engine's WebAssembly interface that the backend uses; the DOM's types, which declare it, are not ours.

/** Compiled code: structured-clones to other threads. */
export interface WasmModule {
  readonly [Symbol.toStringTag]?: string;
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}
export type HostFunction = (a: number, b: number, c: number) => number | void;
/** Of the module of a graph; that of its rare loops has functions by their numbers. */
interface Exports {
  readonly memory: WasmMemory;
  readonly run: () => void;
  readonly [rare: number]: (start: number) => void;
}

interface Engine {
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: { readonly host: Readonly<Record<string, HostFunction | WasmMemory>> },
  ) => { readonly exports: Exports };
}

/** Absent where an engine has none. */
export const engine: Engine | undefined = (globalThis as unknown as { readonly WebAssembly?: Engine })
  .WebAssembly;

/** Modules made lately, newest last: runs of one problem make the same code again and again, and engines optimise it anew each time. */
const recent: { readonly bytes: Uint8Array<ArrayBuffer>; readonly module: WasmModule }[] = [];
const REMEMBERED = 16;

const same = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};

/** The module of this code, as `new WebAssembly.Module` makes it; code seen lately is not compiled again. */
export function moduleOf(bytes: Uint8Array<ArrayBuffer>): WasmModule {
  const at = recent.findIndex((known) => same(known.bytes, bytes));
  const found = at >= 0 ? recent.splice(at, 1)[0]! : { bytes, module: new engine!.Module(bytes) };
  recent.push(found);
  if (recent.length > REMEMBERED) recent.shift();
  return found.module;
}
