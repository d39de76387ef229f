import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ProviderError } from '../../../src/provider-error.js';
import { MimeEntity } from '../../../src/providers/guardcrypto/local/mime/entity.js';
import { openMail } from '../../../src/providers/guardcrypto/local/mime/protect-mail.js';
import { signedParts } from '../../../src/providers/guardcrypto/local/mime/signed-parts.js';
import { verifyMessage as verifyPgp } from '../../../src/providers/guardcrypto/local/pgp/verify-message.js';
import { verifyMessage as verifySmime } from '../../../src/providers/guardcrypto/local/smime/verify-message.js';
import { countSteps } from '../../support/count-steps.js';

const SEED = 20_261_128;
/** Must never be in a message to a caller: it may stand for what a mail says. */
const CANARY = 'mail-canary';

/** What a reader of mails looks for, and what comes in between. */
const PIECES = [
  ...['Content-Type:', ' text/plain', ' multipart/signed', '; boundary=b', '; boundary="b"', '; charset'],
  ...[
    '; protocol="application/pgp-signature"',
    '; protocol="application/pkcs7-signature"',
    '; a*0*=x',
    '*1=',
  ],
  ...['Content-Transfer-Encoding:', ' base64', ' quoted-printable', ' binary', 'Content-Disposition:'],
  ...[
    'From ',
    'From: a@b.c',
    'MIME-Version: 1.0',
    '\r\n',
    '\n',
    '\r',
    '\r\n ',
    '\r\n\t',
    ' ',
    '\t',
    '\r\n\r\n',
  ],
  ...[
    '--b',
    '\r\n--b\r\n',
    '\r\n--b--\r\n',
    '--',
    '=',
    '=3D',
    '=\r\n',
    '%41',
    "utf-8''",
    '"',
    '\\',
    '(',
    ')',
    ';',
  ],
  ...[
    '-----BEGIN PGP SIGNED MESSAGE-----\n',
    '-----BEGIN PGP SIGNATURE-----\n',
    '-----END PGP SIGNATURE-----\n',
  ],
  ...['-----BEGIN PGP MESSAGE-----\n', '-----END PGP MESSAGE-----\n', 'Hash: SHA512\n', '- ', '=AAAA\n'],
  ...[
    '-----BEGIN PKCS7-----\n',
    '-----END PKCS7-----\n',
    'AAAA',
    '\u0000',
    '\u00ff',
    '\u00ef\u00bb\u00bf',
    CANARY,
  ],
];
const piece = fc.constantFrom(...PIECES);
const mail = fc.oneof(
  fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

test('any bytes are a mail or none, and of a mail nothing is shown that it does not hold', () => {
  fc.assert(
    fc.property(mail, (text) => {
      const bytes = Buffer.from(text, 'latin1');
      const found = MimeEntity.parseMail(bytes);
      assert.ok(isOpenedOrRefused(bytes), 'a mail to encrypt');
      if (!found) return;
      const whole = bytes.toString('latin1');
      assert.ok(whole.endsWith(found.text) && found.text.endsWith(found.body));
      assert.equal(typeof found.mediaType, 'string');
      const { parts = [] } = found.parts() ?? {};
      let at = 0;
      for (const part of parts) {
        at = found.body.indexOf(part, at);
        assert.notEqual(at, -1);
        at += part.length;
      }
      assert.ok((found.content()?.length ?? 0) <= found.body.length);
      assert.ok(found.canonical().length >= found.text.length);
      const signed = signedParts(found, ['application/pgp-signature', 'application/pkcs7-signature']);
      assert.ok(!signed || signed.signature.length <= found.body.length);
      if (found.isOnlyFields) assert.ok(openMail(bytes).inner.length > 0);
      else assert.throws(() => openMail(bytes), { code: 'INVALID_INPUT' });
    }),
    { seed: SEED, numRuns: 5_000 },
  );
});

const DOORS: Readonly<Record<string, (message: string) => Promise<unknown>>> = {
  OpenPGP: (message) => verifyPgp({ message, keys: [] }, new Date(0)),
  'S/MIME': (message) => verifySmime({ message, trusted: [] }, new Date(0)),
};

for (const [name, open] of Object.entries(DOORS)) {
  test(`whatever is made of a mail, ${name} finds a signature that counts for nothing, or says no in words of its own`, async () => {
    await fc.assert(
      fc.asyncProperty(mail, async (text) => {
        const report = await open(text).catch((error: unknown) => {
          assert.ok(isTyped(error, ['INVALID_INPUT', 'TOO_LARGE', 'PROCESSING_LIMIT']), String(error));
          return undefined;
        });
        assert.ok(!isVerified(report));
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });

  const isOurs = (url: string): boolean => url.includes('/guardcrypto/local/');
  test(`whatever is repeated in a mail twice as often takes ${name} no more than twice the steps`, async () => {
    const unit = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));
    const steps = (message: string): Promise<number> =>
      countSteps(isOurs, () => open(message).catch(() => undefined));
    await steps('');
    await fc.assert(
      fc.asyncProperty(unit, unit, async (beginning, repeated) => {
        const times = Math.ceil(8_000 / repeated.length);
        const once = await steps(beginning + repeated.repeat(times));
        const twice = await steps(beginning + repeated.repeat(2 * times));
        assert.ok(twice <= 2.2 * once + 500, `${once} steps, then ${twice}`);
      }),
      { seed: SEED, numRuns: 40 },
    );
  });
}

/** By what is encrypted. */
function isOpenedOrRefused(bytes: Buffer): boolean {
  try {
    return openMail(bytes).inner.length > 0;
  } catch (error) {
    return isTyped(error, ['INVALID_INPUT']);
  }
}

function isTyped(error: unknown, codes: readonly string[]): boolean {
  return (
    error instanceof ProviderError &&
    codes.includes(error.code) &&
    error.path !== undefined &&
    error.cause === undefined &&
    !error.message.includes(CANARY)
  );
}

function isVerified(report: unknown): boolean {
  return (
    typeof report === 'object' && report !== null && 'isVerified' in report && report.isVerified === true
  );
}
