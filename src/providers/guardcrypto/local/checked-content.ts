/**
 * Content and what its signatures came to over these very bytes. Checking is the only way to make one, so what a report
 * shows cannot be anything else than what was checked.
 */
export class CheckedContent<Signature> {
  readonly bytes: Uint8Array;
  readonly signatures: readonly Signature[];

  private constructor(bytes: Uint8Array, signatures: readonly Signature[]) {
    this.bytes = bytes;
    this.signatures = signatures;
  }

  /** @param check checks every signature over the bytes it is given */
  static async check<Signature>(
    bytes: Uint8Array,
    check: (bytes: Uint8Array) => Promise<readonly Signature[]>,
  ): Promise<CheckedContent<Signature>> {
    // A copy: whoever handed them in may change theirs meanwhile.
    const own = new Uint8Array(bytes);
    return new CheckedContent(own, await check(own));
  }
}
