import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { createMessage, generateKey, sign } from 'openpgp';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { ProviderError } from '../../../src/provider-error.js';
import { OpenSsl } from '../../support/openssl.js';

const crypto = createLocalCrypto();
after(() => crypto.close());

/** In total, over all doors; another seed with `FUZZ_SEED`. */
const RUNS = 10_000;
const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_101);
const TEXT = 'Zwölf Euro for ACME.';

const { privateKey } = await generateKey({
  ...{ type: 'ecc', curve: 'curve25519Legacy', format: 'object' },
  userIDs: [{ name: 'Anton', email: 'anton@example.com' }],
} as const);
const key = privateKey.toPublic().write();
const message = await createMessage({ binary: new Uint8Array(Buffer.from(TEXT)) });
const options = { message, signingKeys: privateKey, format: 'binary' } as const;
const opaquePgp = bytes(await sign(options));
const detachedPgp = bytes(await sign({ ...options, detached: true }));

const openssl = await OpenSsl.open({ after });
const { certificate: authority } = await openssl.newAuthority('root');
await openssl.newMailIdentity('anton', { algorithm: 'ec', email: 'anton@example.com', issuer: 'root' });
const signCms = async (...args: string[]) => {
  const by = ['-signer', 'anton.pem', '-inkey', 'anton.key', '-outform', 'DER', '-binary'];
  return new Uint8Array(await openssl.run(['cms', '-sign', ...by, ...args], TEXT));
};
const opaqueCms = await signCms('-nodetach');
const detachedCms = await signCms();
const certificate = new Uint8Array(await openssl.run(['x509', '-in', 'anton.pem', '-outform', 'DER']));
const trusted = [authority];

/** A time that is none would be an error of the graph: it is null. */
function allKnown(value: unknown): void {
  JSON.stringify(value, (_, part: unknown) => {
    assert(typeof part !== 'number' || Number.isFinite(part), 'a number that is none');
    return part;
  });
}

type Answer = { readonly isVerified?: boolean; readonly content?: Uint8Array };

/** What can be damaged, and who is given it. */
const DOORS: readonly (readonly [
  name: string,
  original: Uint8Array,
  open: (damaged: Uint8Array) => Promise<Answer>,
])[] = [
  ['a key that is looked into', key, async (damaged) => looked(await crypto.inspectPgpKey(damaged))],
  [
    'a key that is encrypted to',
    key,
    async (damaged) => encrypted(await crypto.encryptPgp({ content: TEXT, keys: [damaged], form: 'BINARY' })),
  ],
  [
    'a key that has signed',
    key,
    (damaged) => crypto.verifyPgp({ message: opaquePgp.slice(), keys: [damaged] }),
  ],
  ['a signed message', opaquePgp, (damaged) => crypto.verifyPgp({ message: damaged, keys: [key.slice()] })],
  [
    'a signature',
    detachedPgp,
    (damaged) => crypto.verifyPgp({ message: TEXT, signature: damaged, keys: [key.slice()] }),
  ],
  [
    'a certificate that is looked into',
    certificate,
    async (damaged) => looked(await crypto.inspectCertificate(damaged)),
  ],
  [
    'a certificate that is encrypted to',
    certificate,
    async (damaged) =>
      encrypted(await crypto.encryptSmime({ content: TEXT, certificates: [damaged], form: 'DER' })),
  ],
  [
    'a certificate that is trusted',
    certificate,
    (damaged) => crypto.verifySmime({ message: opaqueCms.slice(), trusted: [damaged] }),
  ],
  ['a CMS message', opaqueCms, (damaged) => crypto.verifySmime({ message: damaged, trusted })],
  [
    'a CMS signature',
    detachedCms,
    (damaged) => crypto.verifySmime({ message: TEXT, signature: damaged, trusted }),
  ],
];

for (const [name, original, open] of DOORS) {
  test(`${name} gives a typed answer however it is damaged, and is never believed with another content`, async () => {
    await fc.assert(
      fc.asyncProperty(damage(original), async (damaged) => {
        const answer: Answer = await open(damaged.slice()).catch((error: unknown): Answer => {
          assert(error instanceof ProviderError, String(error));
          assert.match(error.code, /^(?:INVALID_INPUT|TOO_LARGE|PROCESSING_LIMIT)$/);
          assert.notEqual(error.path, undefined);
          assert.equal(error.cause, undefined, 'a library tripped');
          return {};
        });
        allKnown({ ...answer, content: undefined });
        if (answer.isVerified === true) assert.equal(Buffer.from(answer.content ?? []).toString(), TEXT);
      }),
      { numRuns: RUNS / DOORS.length, seed, includeErrorInReport: true },
    );
  });
}

test('a signature whose parts have lost their place is told as one that cannot be judged', async () => {
  const damaged = detachedPgp.slice();
  // The first of its signed parts, when it was made, now goes on over all others, whose it is among them.
  const sizeOfParts = damaged[7] ?? 0;
  damaged[8] = sizeOfParts - 1;
  const report = await crypto.verifyPgp({ message: TEXT, signature: damaged, keys: [key.slice()] });
  assert.equal(report.isVerified, false);
  assert.deepEqual(
    report.signatures.map(({ outcome, keyIdHex, signedAt }) => ({ outcome, keyIdHex, signedAt })),
    [{ outcome: 'KEY_MISSING', keyIdHex: '0000000000000000', signedAt: null }],
  );
});

/** One to four bytes changed, and sometimes the end cut off. */
function damage(original: Uint8Array): fc.Arbitrary<Uint8Array> {
  const flip = fc.tuple(fc.nat(original.length - 1), fc.integer({ min: 1, max: 255 }));
  const cut = fc.option(fc.nat(original.length - 1), { freq: 9, nil: original.length });
  return fc.tuple(fc.array(flip, { minLength: 1, maxLength: 4 }), cut).map(([flips, end]) => {
    const damaged = original.slice(0, Math.max(1, end));
    for (const [at, mask] of flips) {
      const byte = damaged[at];
      if (byte !== undefined) damaged[at] = byte ^ mask;
    }
    return damaged;
  });
}

function looked(facts: object): Answer {
  allKnown(facts);
  return {};
}

function encrypted(message: Uint8Array): Answer {
  assert(message.length > 0);
  return {};
}

function bytes(value: unknown): Uint8Array {
  assert(value instanceof Uint8Array);
  return value;
}
