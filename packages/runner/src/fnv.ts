// FNV-1a with 64 bits (Fowler, Noll and Vo), over bytes, numbers and text: a fingerprint, no protection against malice.

// The prime is 2⁴⁰ + 0x1b3, so a product with it is two shifts and a small multiple. The state is two halves of 32 bits.
const PRIME_LOW = 0x1b3;

/** A hash that is fed piece by piece. */
export class Fnv64 {
  private high = 0xcbf29ce4;
  private low = 0x84222325;
  private readonly view = new DataView(new ArrayBuffer(8));

  byte(byte: number): this {
    const low = (this.low ^ byte) >>> 0;
    // low · 0x1b3 < 2⁴¹ and high · 0x1b3 + carry + low · 2⁸ < 2⁴³: exact in doubles
    const product = low * PRIME_LOW;
    const carry = Math.floor(product / 0x100000000);
    this.high = (this.high * PRIME_LOW + carry + low * 256) % 0x100000000;
    this.low = product >>> 0;
    return this;
  }

  /** The 64 bits of a double, low byte first; any NaN is the same NaN. */
  number(value: number): this {
    this.view.setFloat64(0, Number.isNaN(value) ? Number.NaN : value, true);
    for (let i = 0; i < 8; i++) this.byte(this.view.getUint8(i));
    return this;
  }

  numbers(values: ArrayLike<number>): this {
    this.number(values.length);
    for (let i = 0; i < values.length; i++) this.number(values[i]!);
    return this;
  }

  /** Its UTF-16 units after its length, so that two texts in a row are not one. */
  text(text: string): this {
    this.number(text.length);
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      this.byte(unit & 255).byte(unit >>> 8);
    }
    return this;
  }

  /** 16 hexadecimal digits. */
  digest(): string {
    const half = (value: number): string => (value >>> 0).toString(16).padStart(8, "0");
    return half(this.high) + half(this.low);
  }
}
