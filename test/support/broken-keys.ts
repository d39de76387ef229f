import { armor, enums, generateKey } from 'openpgp';

/** Key material that cannot be taken, and what has to be said of it. */
export interface BrokenKey {
  readonly name: string;
  readonly armored: string;
  /** One block alone as bytes; what comes in several blocks has none. */
  readonly binary?: Uint8Array;
  /** What is wrong, and with which of several keys. */
  readonly rule: RegExp;
}

/** @param email of the user id @param created when the good half of it was made */
export async function brokenKeys(email: string, created: Date): Promise<BrokenKey[]> {
  const { publicKey } = await generateKey({
    ...{ type: 'ecc', curve: 'curve25519Legacy', userIDs: [{ email }], date: created, format: 'object' },
  } as const);
  const good = new Uint8Array(publicKey.write());
  const toArmor = (bytes: Uint8Array) => armor(enums.armor.publicKey, bytes);
  const ofVersion = (version: number) => {
    const bytes = good.slice();
    // Behind the head of its packet, two octets here.
    bytes[2] = version;
    return bytes;
  };
  const bothIn = (other: Uint8Array) => Uint8Array.from([...good, ...other]);
  const bytes = (name: string, binary: Uint8Array, rule: RegExp) => ({
    name,
    armored: toArmor(binary),
    binary,
    rule,
  });
  const text = (name: string, armored: string, rule: RegExp) => ({ name, armored, rule });
  const userIdAlone = Uint8Array.from([0xcd, 3, 0x61, 0x40, 0x62]);
  return [
    text('no armor', 'no key', /must/),
    bytes('another thing', Buffer.from('%PDF-1.7, and more of it'), /must be an OpenPGP key/),
    bytes('a packet of another sort', userIdAlone, /must be an OpenPGP key/),
    bytes('a key that is cut off', good.subarray(0, -20), /is cut off/),
    bytes('the beginning of a key', good.subarray(0, 1), /is cut off/),
    bytes('a key of version 3', ofVersion(3), /version 3/),
    bytes('a key of version 5', ofVersion(5), /version 5/),
    bytes('a second key of version 5', bothIn(ofVersion(5)), /^key 2 in .* version 5/i),
    text('armor that is cut off', toArmor(good).slice(0, -60), /is cut off/),
    text(
      'a second armor that is cut off',
      toArmor(good) + toArmor(good).slice(0, -60),
      /^key 2 in .* is cut off/i,
    ),
    text(
      'a second armor of a cut key',
      toArmor(good) + toArmor(good.subarray(0, -9)),
      /^key 2 in .* is cut off/i,
    ),
    text(
      'a second armor of something else',
      toArmor(good) + toArmor(Buffer.from('Hello')),
      /^key 2 in .* must be an OpenPGP key/i,
    ),
  ];
}
