// An rng that is made when first drawn from: most calls do not draw, and mixing would cost more than they do.
import type { Rng, Streams } from "@basin/random";

/** The stream at `name/index`, made when it is first drawn from. */
export class LazyRng implements Rng {
  private readonly streams: Streams;
  private readonly name: string;
  private readonly index: number | undefined;
  private made: Rng | undefined;

  constructor(streams: Streams, name: string, index?: number) {
    this.streams = streams;
    this.name = name;
    this.index = index;
    this.made = undefined;
  }

  private rng(): Rng {
    return (this.made ??= this.streams.rng(this.name, this.index));
  }

  bits(): number {
    return this.rng().bits();
  }
  uniform(): number {
    return this.rng().uniform();
  }
  normal(): number {
    return this.rng().normal();
  }
  integer(n: number): number {
    return this.rng().integer(n);
  }
  fillUniform(out: Float64Array, lower?: number, upper?: number): Float64Array {
    return this.rng().fillUniform(out, lower, upper);
  }
  fillNormal(out: Float64Array, mean?: number, deviation?: number): Float64Array {
    return this.rng().fillNormal(out, mean, deviation);
  }
  permutation(n: number): Int32Array {
    return this.rng().permutation(n);
  }
  choice<T>(items: readonly T[]): T {
    return this.rng().choice(items);
  }
  sample(n: number, k: number): Int32Array {
    return this.rng().sample(n, k);
  }
  fork(name: string | number): Rng {
    return this.rng().fork(name);
  }
}
