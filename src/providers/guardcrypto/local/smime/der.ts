import { ObjectIdentifier } from 'asn1js';

/** Tags of what CMS is put together from. */
export const TAG = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  sequence: 0x30,
  set: 0x31,
  /** IMPLICIT and primitive. */
  context: (number: number) => 0x80 | number,
  /** EXPLICIT, or IMPLICIT of what is constructed. */
  constructed: (number: number) => 0xa0 | number,
} as const;

/** One value in DER. @param contents put behind one another */
export function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const length = contents.reduce((sum, content) => sum + content.length, 0);
  return Buffer.concat([Buffer.from([tag]), encodedLength(length), ...contents]);
}

/** A small INTEGER, 0 to 127. */
export function small(value: number): Buffer {
  return der(TAG.integer, Buffer.from([value]));
}

export function objectIdentifier(dotted: string): Buffer {
  return Buffer.from(new ObjectIdentifier({ value: dotted }).toBER());
}

/** An AlgorithmIdentifier. @param parameters DER; none: they are absent */
export function algorithm(dotted: string, ...parameters: readonly Uint8Array[]): Buffer {
  return der(TAG.sequence, objectIdentifier(dotted), ...parameters);
}

function encodedLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}
