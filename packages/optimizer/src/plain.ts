// Plain data: what a state may be made of.

/** Plain data: survives structuredClone and the codec, bit for bit. No functions, classes, Map or Date. */
export type Plain =
  | null
  | undefined
  | boolean
  | number
  | string
  | Readonly<Float64Array>
  | Readonly<Int32Array>
  | Readonly<Uint8Array>
  | readonly Plain[]
  | { readonly [name: string]: Plain };
