// The part of the engine's WebAssembly interface that the backend uses; the DOM's types, which declare it, are not ours.

/** Compiled code: structured-clones to other threads. */
export interface WasmModule {
  readonly [Symbol.toStringTag]?: string;
}

interface Engine {
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: Readonly<Record<string, Readonly<Record<string, (a: number, b: number, c: number) => number>>>>,
  ) => { readonly exports: { readonly memory: { readonly buffer: ArrayBuffer }; readonly run: () => void } };
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
