import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import {
  config,
  createMessage,
  enums,
  generateKey,
  PacketList,
  sign,
  SignaturePacket,
  UserIDPacket,
  type BasePacket,
  type PrivateKey,
} from 'openpgp';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { GnuPg } from '../../support/gnupg.js';

// What a key says of itself in its signatures over itself, of different times: each key next to `gpg --verify` of what it
// signed a day ago.

const crypto = createLocalCrypto({ budgetMs: 120_000 });
after(() => crypto.close());

const TEXT = 'Pay 12 euros.';
const DAY_S = 86_400;
const started = Math.floor(Date.now() / 1000);
const daysAgo = (days: number) => new Date((started - days * DAY_S) * 1000);
const CREATED = daysAgo(100);

const newKey = async (options: { subkeys?: { sign: boolean }[] } = {}) =>
  (
    await generateKey({
      ...{ type: 'ecc', curve: 'curve25519Legacy', userIDs: [{ email: 'anton@example.com' }] },
      ...{ date: CREATED, format: 'object', ...options },
    } as const)
  ).privateKey;

const anton = await newKey();
const berta = await newKey({ subkeys: [{ sign: true }] });

const {
  certPositive,
  certRevocation,
  subkeyBinding,
  subkeyRevocation,
  keyRevocation,
  key: OF_KEY,
} = enums.signature;
const { signData, certifyKeys, encryptCommunication, authentication } = enums.keyFlags;

/** A signature of a primary key. */
async function signed(by: PrivateKey, type: number, data: object, says: object, days: number) {
  const signature = new SignaturePacket();
  const { algorithm: publicKeyAlgorithm } = by.keyPacket;
  const own = { signatureType: type, publicKeyAlgorithm, hashAlgorithm: enums.hash.sha512 };
  Object.assign(signature, { ...own, ...says });
  // Its types know of bytes alone.
  await Reflect.apply(signature.sign, signature, [by.keyPacket, data, daysAgo(days), false, config]);
  return signature;
}

function write(...packets: readonly BasePacket[]): Uint8Array {
  const list = new PacketList<BasePacket>();
  list.push(...packets);
  return list.write();
}

const flags = (...each: readonly number[]) => ({
  keyFlags: Uint8Array.of(each.reduce((sum, one) => sum | one, 0)),
});
const USUAL = flags(certifyKeys, signData);
const ends = (days: number) => ({ keyExpirationTime: (100 - days) * DAY_S, keyNeverExpires: false });
const endsItself = { signatureExpirationTime: DAY_S, signatureNeverExpires: false };
const [RETIRED, COMPROMISED] = [
  enums.reasonForRevocation.keyRetired,
  enums.reasonForRevocation.keyCompromised,
];
const because = (reason: number) => ({ reasonForRevocationFlag: reason, reasonForRevocationString: '' });

const primary = anton.toPublic().keyPacket;
const [{ userID, selfCertifications: [self] } = assert.fail('no user id')] = anton.users;
assert(userID && self);
const other = UserIDPacket.fromObject({ email: 'other@example.com' });
const ofName = (says: object, days = 50, name = userID) =>
  signed(anton, certPositive, { userID: name, key: primary }, says, days);
const ofKey = (says: object, type: number = OF_KEY, days = 50) =>
  signed(anton, type, { key: primary }, says, days);
const takenBack = (days = 50) =>
  signed(anton, certRevocation, { userID: other, key: primary }, because(RETIRED), days);

const bertas = berta.toPublic();
const [{ userID: bertaId, selfCertifications: [bertaSelf] } = assert.fail('no user id')] = bertas.users;
const [{ keyPacket: subkey, bindingSignatures: [bound] } = assert.fail('no subkey')] = bertas.subkeys;
assert(bertaId && bertaSelf && bound);
const { embeddedSignature } = bound;
const binding = { key: bertas.keyPacket, bind: subkey };
const ofSubkey = (says: object, days = 50, type: number = subkeyBinding) =>
  signed(berta, type, binding, says, days);
const withSubkey = (...more: readonly BasePacket[]) =>
  write(bertas.keyPacket, bertaId, bertaSelf, subkey, ...more);
const SIGNS = { ...flags(signData), embeddedSignature };

type Case = readonly [name: string, key: Uint8Array, theirs: string, ours: string, isRevoked?: boolean];

const own = (...statements: readonly BasePacket[]) => write(primary, userID, self, ...statements);
const CASES: readonly Case[] = [
  ['as it was made', own(), 'GOODSIG', 'GOOD'],
  [
    'signing taken away by the newest of its name',
    own(await ofName(flags(certifyKeys))),
    'ERRSIG',
    'KEY_UNUSABLE',
  ],
  [
    'signing taken away after it had signed',
    own(await ofName(flags(authentication), 0.5)),
    'ERRSIG',
    'KEY_UNUSABLE',
  ],
  ['ended by the newest of its name', own(await ofName({ ...USUAL, ...ends(50) })), 'EXPKEYSIG', 'EXPIRED'],
  [
    'ended, and renewed',
    own(await ofName({ ...USUAL, ...ends(50) }, 90), await ofName(USUAL)),
    'GOODSIG',
    'GOOD',
  ],
  [
    'signing taken away for all of it',
    write(primary, await ofKey(flags(certifyKeys)), userID, self),
    'ERRSIG',
    'KEY_UNUSABLE',
  ],
  [
    'ended for all of it',
    write(primary, await ofKey({ ...USUAL, ...ends(50) }), userID, self),
    'EXPKEYSIG',
    'EXPIRED',
  ],
  [
    'signing taken away by the newest, of another name than its first',
    write(
      primary,
      userID,
      await ofName({ ...USUAL, isPrimaryUserID: true }, 90),
      other,
      await ofName(flags(certifyKeys), 50, other),
    ),
    'ERRSIG',
    'KEY_UNUSABLE',
  ],
  [
    'ended by the newest, of another name than its first',
    write(
      primary,
      userID,
      await ofName({ ...USUAL, isPrimaryUserID: true }, 90),
      other,
      await ofName({ ...USUAL, ...ends(50) }, 50, other),
    ),
    'EXPKEYSIG',
    'EXPIRED',
  ],
  [
    'signing taken away by another name, which was taken back',
    own(other, await ofName(flags(certifyKeys), 60, other), await takenBack()),
    'GOODSIG',
    'GOOD',
  ],
  [
    'compromised since',
    write(primary, await ofKey(because(COMPROMISED), keyRevocation, 0.5), userID, self),
    'REVKEYSIG',
    'REVOKED',
    true,
  ],
  [
    'out of use before',
    write(primary, await ofKey(because(RETIRED), keyRevocation), userID, self),
    'REVKEYSIG',
    'REVOKED',
    true,
  ],
  [
    'taken back by what has ended',
    write(primary, await ofKey({ ...because(COMPROMISED), ...endsItself }, keyRevocation), userID, self),
    'REVKEYSIG',
    'REVOKED',
    true,
  ],
  // OpenPGP tells apart what is out of use and what was stolen; GnuPG leaves that to whoever reads its list.
  [
    'out of use since',
    write(primary, await ofKey(because(RETIRED), keyRevocation, 0.5), userID, self),
    'REVKEYSIG',
    'GOOD',
    true,
  ],
];

const SUBKEYS: readonly Case[] = [
  ['as it was made', withSubkey(bound), 'GOODSIG', 'GOOD'],
  ['not signed by the subkey', withSubkey(await ofSubkey(flags(signData))), 'ERRSIG', 'KEY_UNUSABLE'],
  [
    'signing taken away',
    withSubkey(bound, await ofSubkey(flags(encryptCommunication))),
    'ERRSIG',
    'KEY_UNUSABLE',
  ],
  [
    'signing taken away after it had signed',
    withSubkey(bound, await ofSubkey(flags(encryptCommunication), 0.5)),
    'ERRSIG',
    'KEY_UNUSABLE',
  ],
  ['ended', withSubkey(bound, await ofSubkey({ ...SIGNS, ...ends(50) })), 'EXPKEYSIG', 'EXPIRED'],
  ['bound by what has ended', withSubkey(await ofSubkey({ ...SIGNS, ...endsItself })), 'ERRSIG', 'EXPIRED'],
  [
    'compromised since',
    withSubkey(bound, await ofSubkey(because(COMPROMISED), 0.5, subkeyRevocation)),
    'REVKEYSIG',
    'REVOKED',
    true,
  ],
  [
    'out of use, and bound again',
    withSubkey(bound, await ofSubkey(because(RETIRED), 50, subkeyRevocation), await ofSubkey(SIGNS, 40)),
    'REVKEYSIG',
    'REVOKED',
    true,
  ],
  [
    'out of use since',
    withSubkey(bound, await ofSubkey(because(RETIRED), 0.5, subkeyRevocation)),
    'REVKEYSIG',
    'GOOD',
    true,
  ],
  ["somebody else's", write(primary, userID, self, subkey, bound), 'ERRSIG', 'KEY_UNUSABLE'],
];

for (const [what, by, cases] of [
  ['a key', anton, CASES],
  ['a subkey', berta, SUBKEYS],
] as const)
  describe(`what ${what} has signed comes out as GnuPG has it, or is refused`, async () => {
    const message = await createMessage({ binary: new Uint8Array(Buffer.from(TEXT)) });
    const signature = await sign({ message, signingKeys: by, detached: true, date: daysAgo(1) });
    for (const [name, key, theirs, ours, isRevoked = false] of cases)
      it(`${name}: ${ours}`, async (t) => {
        const gpg = await GnuPg.open(t);
        await gpg.try(['--import'], key);
        assert.match(await gpg.verify(String(signature), TEXT), new RegExp(` ${theirs} `), 'GnuPG');
        const { isVerified, signatures } = await crypto.verifyPgp({
          message: TEXT,
          signature: String(signature),
          keys: [key],
        });
        assert.deepEqual(
          [isVerified, signatures[0]?.outcome, signatures[0]?.isKeyRevoked],
          [ours === 'GOOD', ours, isRevoked],
          signatures[0]?.reason ?? '',
        );
        if (ours !== 'EXPIRED') return;
        const { isExpired, subkeys } = await crypto.inspectPgpKey(key);
        assert(isExpired || subkeys[0]?.isExpired, 'told where it is looked into');
      });
  });

it('a key that ended by what another name says is encrypted to no more, as GnuPG has it', async (t) => {
  const gpg = await GnuPg.open(t);
  const ended = own(other, await ofName({ ...USUAL, ...ends(50) }, 50, other));
  const [{ keyPacket: toRead, bindingSignatures } = assert.fail('no subkey')] = anton.toPublic().subkeys;
  const key = Uint8Array.from([...ended, ...write(toRead, ...bindingSignatures)]);
  await gpg.import(key);
  const theirs = await gpg.try(['--encrypt', '--recipient', 'anton@example.com'], TEXT);
  assert.notEqual(theirs.status, 0, 'GnuPG');
  await assert.rejects(crypto.encryptPgp({ content: TEXT, keys: [key], form: 'BINARY' }), {
    code: 'INVALID_INPUT',
    path: ['keys', '0'],
    message: 'keys.0 cannot be encrypted to: it has expired.',
  });
  assert.equal((await crypto.inspectPgpKey(key)).canEncryptNow, false);
});
