import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { curve, makePath, type PathCertificate } from '../../support/certificate-paths.js';
import { ManualClock } from '../../support/manual-clock.js';
import { OpenSsl } from '../../support/openssl.js';

// To whom nothing is encrypted, though `openssl cms -encrypt` does to anybody; and that OpenSSL reads the rest.

const DAY_MS = 86_400_000;
const now = Date.now();
const cryptoAt = (days: number) => {
  const crypto = createLocalCrypto({
    clock: new ManualClock(now + days * DAY_MS),
    threads: 1,
    budgetMs: 120_000,
  });
  after(() => crypto.close());
  return crypto;
};
const crypto = cryptoAt(1);

const RSA = (bits: number) => ['RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`];
const NETSCAPE = '2.16.840.1.113730.1.1';

type Recipient = Omit<PathCertificate, 'name' | 'extensions'> & Partial<Pick<PathCertificate, 'extensions'>>;

const REFUSED: Readonly<Record<string, readonly [recipient: Recipient, why: string]>> = {
  'RSA with 1024 bits': [{ kind: RSA(1024) }, 'RSA with 1024 bits is too weak'],
  'the curve P-192': [{ kind: curve('P-192') }, 'the curve prime192v1 is too weak'],
  'a curve that it describes': [
    { kind: [...curve('P-256'), '-pkeyopt', 'ec_param_enc:explicit'] },
    'it has a curve described instead of named',
  ],
  'an address that is malformed': [
    { extensions: ['subjectAltName=DER:0500'] },
    'it has the extension 2.5.29.17, which is malformed',
  ],
  'an unknown critical extension': [
    { extensions: ['1.2.3.4=critical,DER:0500'] },
    'it has the critical extension 1.2.3.4',
  ],
  'an extension that is malformed': [
    { extensions: ['2.5.29.30=critical,DER:0500'] },
    'it has the extension 2.5.29.30, which is malformed',
  ],
  'servers alone': [{ extensions: ['extendedKeyUsage=serverAuth'] }, 'it is for something else than mail'],
  'any purpose but mail by name': [
    { extensions: ['extendedKeyUsage=anyExtendedKeyUsage'] },
    'it is for something else than mail',
  ],
  'no purpose at all': [{ extensions: ['extendedKeyUsage=DER:3000'] }, 'it is for something else than mail'],
  'servers, by the type of Netscape': [
    { extensions: [`${NETSCAPE}=DER:03020640`] },
    'it is for something else than mail',
  ],
  'key usage for signing alone': [
    { extensions: ['keyUsage=digitalSignature'] },
    'its key usage lacks keyAgreement',
  ],
  'key usage for another kind of key': [
    { extensions: ['keyUsage=keyEncipherment'] },
    'its key usage lacks keyAgreement',
  ],
  'key usage of RSA for signing alone': [
    { kind: RSA(2048), extensions: ['keyUsage=digitalSignature,keyAgreement'] },
    'its key usage lacks keyEncipherment',
  ],
  'key usage for nothing': [{ extensions: ['keyUsage=DER:030100'] }, 'its key usage lacks keyAgreement'],
  'a key that signs alone': [{ kind: ['ed25519'] }, 'keys of type ed25519 cannot encrypt'],
  'a key for RSA-PSS alone': [
    { kind: ['RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'] },
    'keys of type rsa-pss cannot encrypt',
  ],
};

const TAKEN: Readonly<Record<string, Recipient>> = {
  'RSA without extensions': { kind: RSA(2048) },
  'a curve of brainpool': { kind: curve('brainpoolP256r1') },
  'key usage for keys': { kind: RSA(2048), extensions: ['keyUsage=critical,keyEncipherment'] },
  'key agreement, for mail': { extensions: ['keyUsage=keyAgreement', 'extendedKeyUsage=emailProtection'] },
  'an unknown extension that is not critical': { extensions: ['1.2.3.4=DER:0500'] },
  'mail, by the type of Netscape': { extensions: [`${NETSCAPE}=DER:03020520`] },
};

const openssl = await OpenSsl.open({ after });
const USUAL = ['basicConstraints=CA:FALSE'];

async function certificateOf({ extensions = USUAL, ...more }: Recipient, name = 'own'): Promise<string> {
  await makePath(openssl, [{ name, extensions, ...more }]);
  return (await openssl.read(`${name}.pem`)).toString();
}

const usual = await certificateOf({}, 'usual');

describe('whom nothing is encrypted to', () => {
  for (const [name, [recipient, why]] of Object.entries(REFUSED))
    it(`${name}: it says who and why`, async () => {
      const certificates = [usual, await certificateOf(recipient)];
      for (const form of ['PEM', 'DER', 'MAIL'] as const)
        await assert.rejects(crypto.encryptSmime({ content: 'From: a@b.c\r\n\r\nx', certificates, form }), {
          code: 'INVALID_INPUT',
          path: ['certificates', '1'],
          message: `certificates.1 cannot be encrypted to: ${why}.`,
        });
    });

  it('a certificate whose time is over, or has not come', async () => {
    for (const days of [-5, 40])
      await assert.rejects(
        cryptoAt(days).encryptSmime({ content: 'x', certificates: [usual], form: 'DER' }),
        {
          path: ['certificates', '0'],
          message: 'certificates.0 cannot be encrypted to: it is out of its time.',
        },
      );
  });

  for (const [name, recipient] of Object.entries(TAKEN))
    it(`${name}: it is encrypted to, and OpenSSL reads it`, async () => {
      const certificates = [usual, await certificateOf(recipient)];
      const message = await crypto.encryptSmime({ content: 'Zwölf', certificates, form: 'DER' });
      const by = ['-recip', 'own.pem', '-inkey', 'own.key', '-binary'];
      const read = await openssl.run(['cms', '-decrypt', '-inform', 'DER', ...by], message);
      assert.equal(read.toString(), 'Zwölf');
    });
});
