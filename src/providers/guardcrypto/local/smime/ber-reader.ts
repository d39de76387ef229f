/** How many values may stand within one another where they are entered. */
const MAX_DEPTH = 100;
const [OCTETS, OCTETS_IN_PIECES] = [0x04, 0x24];
/** Set in the first octet of what holds other values. */
export const CONSTRUCTED = 0x20;

/** How a value begins. */
export interface Head {
  readonly tag: number;
  /** Where the content starts. */
  readonly start: number;
  /** Undefined: it goes on to an end of its own (X.690 section 8.1.3.6). */
  readonly end: number | undefined;
}

/**
 * Reads BER (X.690 section 8) from front to back, every byte once, and cuts out what stands in it as it is. Whoever
 * writes it may cut a content into pieces of one byte, each a value of its own; a parser that makes a thing of each is
 * soon at its end. Every method throws when something else stands there.
 */
export class BerReader {
  readonly #bytes: Buffer;
  readonly #ends: (number | undefined)[] = [];
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Where it has come to. */
  get at(): number {
    return this.#at;
  }

  /** The first octet of what comes next; undefined at the end of what was entered. */
  get next(): number | undefined {
    return this.#isAtEnd() ? undefined : this.#bytes[this.#at];
  }

  /** Steps into a value. @param tag its first octet */
  enter(tag: number): void {
    const head = this.#head();
    if (head.tag !== tag || this.#ends.length === MAX_DEPTH) malformed();
    this.#at = head.start;
    this.#ends.push(head.end);
  }

  /** Steps out of what was entered last, which must be at its end. */
  leave(): void {
    if (!this.#isAtEnd()) malformed();
    if (this.#ends.pop() === undefined) this.#at += 2;
  }

  /** The next value, its head included. */
  take(): Buffer {
    const start = this.#at;
    let open = 0;
    do {
      if (open > 0 && this.#isEndMark()) {
        this.#at += 2;
        open -= 1;
        continue;
      }
      const head = this.#head();
      this.#at = head.end ?? head.start;
      if (head.end === undefined) open += 1;
    } while (open > 0);
    return this.#bytes.subarray(start, this.#at);
  }

  /** Every value in the next one, which is passed when all of them were taken. @param tag its first octet */
  *takeEach(tag: number): Generator<Buffer, void> {
    for (this.enter(tag); this.next !== undefined;) yield this.take();
    this.leave();
  }

  /** The content of an OCTET STRING, put together when it comes in pieces. */
  takeOctets(): Buffer {
    if (this.next === OCTETS) return this.#takePiece();
    const content = Buffer.allocUnsafe(this.#bytes.length - this.#at);
    let size = 0;
    const depth = this.#ends.length;
    this.enter(OCTETS_IN_PIECES);
    while (this.#ends.length > depth) {
      if (this.#isAtEnd()) this.leave();
      else if (this.next === OCTETS_IN_PIECES) this.enter(OCTETS_IN_PIECES);
      else size += this.#takePiece().copy(content, size);
    }
    return content.subarray(0, size);
  }

  #takePiece(): Buffer {
    const { tag, start, end } = this.#head();
    if (tag !== OCTETS || end === undefined) malformed();
    this.#at = end;
    return this.#bytes.subarray(start, end);
  }

  #isAtEnd(): boolean {
    const end = this.#ends.length === 0 ? this.#bytes.length : this.#ends.at(-1);
    return end === undefined ? this.#isEndMark() : this.#at === end;
  }

  #isEndMark(): boolean {
    return this.#bytes[this.#at] === 0 && this.#bytes[this.#at + 1] === 0;
  }

  #head(): Head {
    const end = this.#ends.findLast((one) => one !== undefined) ?? this.#bytes.length;
    return headAt(this.#bytes, this.#at, end) ?? malformed();
  }
}

/** How the value at a place begins; undefined where none does that ends by `limit`. */
export function headAt(bytes: Buffer, from: number, limit: number): Head | undefined {
  const tag = bytes[from];
  let at = from + 1;
  // A number above 30 goes on in octets that have the highest bit set, but for the last one.
  if (tag !== undefined && (tag & 0x1f) === 0x1f) {
    while ((bytes[at] ?? 0) >= 0x80) at += 1;
    at += 1;
  }
  const first = bytes[at];
  if (tag === undefined || first === undefined) return undefined;
  if (first === 0x80 && (tag & CONSTRUCTED) !== 0) return { tag, start: at + 1, end: undefined };
  const octets = first < 0x80 ? 0 : first & 0x7f;
  const start = at + 1 + octets;
  if (first === 0x80 || octets > 6 || start > bytes.length) return undefined;
  const end = start + (octets === 0 ? first : bytes.readUIntBE(at + 1, octets));
  return end > limit ? undefined : { tag, start, end };
}

function malformed(): never {
  throw new RangeError('no BER');
}
