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
