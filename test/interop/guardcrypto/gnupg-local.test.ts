import assert from 'node:assert/strict';
import { after, describe, it, type TestContext } from 'node:test';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { GnuPg } from '../../support/gnupg.js';

const crypto = createLocalCrypto({ budgetMs: 120_000 });
after(() => crypto.close());

const EMAIL = 'anton@example.com';
const USER_ID = `Anton Berg <${EMAIL}>`;
const TEXT = 'Zwölf Euro for ACME.\n- one line with a dash  \nlast\n';
const INNER = `Content-Type: text/plain; charset=utf-8\r\n\r\n${TEXT.replaceAll('\n', '\r\n')}`;
const MAIL = `From: a@example.com\r\nTo: ${EMAIL}\r\nSubject: Payment\r\n${INNER}`;

async function withKey(t: TestContext, algorithm: 'rsa2048' | 'ed25519') {
  const gpg = await GnuPg.open(t);
  const fingerprint = await gpg.newKey(USER_ID, algorithm);
  return { gpg, fingerprint, publicKey: await gpg.publicKey(EMAIL) };
}

for (const algorithm of ['rsa2048', 'ed25519'] as const) {
  describe(`local cryptography and GnuPG with ${algorithm} keys`, () => {
    it('say the same of a key GnuPG made', async (t) => {
      const { gpg, fingerprint, publicKey } = await withKey(t, algorithm);
      const facts = await crypto.inspectPgpKey(publicKey);
      const binary = await gpg.run(['--export', EMAIL]);
      assert.deepEqual(await crypto.inspectPgpKey(binary), facts);
      const lines = await gpg.list(EMAIL);
      const listed = lines
        .filter(([kind]) => kind === 'pub' || kind === 'sub')
        .map((fields) => ({
          keyIdHex: fields[4]?.toLowerCase(),
          createdAt: Number(fields[5]) * 1000,
          expiresAt: Number(fields[6]) * 1000,
        }));
      const ours = [facts, ...facts.subkeys].map(({ keyIdHex, createdAt, expiresAt }) => ({
        keyIdHex,
        createdAt,
        expiresAt,
      }));
      assert.deepEqual(ours, listed);
      assert.deepEqual(
        [facts, ...facts.subkeys].map((key) => key.fingerprint.toUpperCase()),
        await gpg.fingerprints(EMAIL),
      );
      assert.equal(facts.fingerprint, fingerprint);
      assert.deepEqual(
        [facts, ...facts.subkeys].map(({ capabilities }) => capabilities),
        [['CERTIFY', 'SIGN'], ['ENCRYPT']],
      );
      assert.equal(facts.bits, algorithm === 'rsa2048' ? 2048 : null);
      const [userId] = facts.userIds;
      assert.deepEqual([userId?.userId, userId?.email, userId?.isSelfSigned], [USER_ID, EMAIL, true]);
      assert.deepEqual(
        [facts.isSelfSigned, facts.canEncryptNow, facts.subkeys[0]?.isBound],
        [true, true, true],
      );
    });

    it('agree that a key GnuPG took back is revoked', async (t) => {
      const { gpg, fingerprint } = await withKey(t, algorithm);
      await gpg.revoke(fingerprint);
      const publicKey = await gpg.publicKey(EMAIL);
      const { isRevoked, canEncryptNow } = await crypto.inspectPgpKey(publicKey);
      assert.deepEqual([isRevoked, canEncryptNow], [true, false]);
      await assert.rejects(crypto.encryptPgp({ content: TEXT, keys: [publicKey], form: 'ARMORED' }), {
        message: 'keys.0 cannot be encrypted to: it is revoked.',
      });
    });

    it('let GnuPG read what we encrypted, as armor, as bytes and as a mail', async (t) => {
      const { gpg, publicKey } = await withKey(t, algorithm);
      for (const form of ['ARMORED', 'BINARY'] as const) {
        const message = await crypto.encryptPgp({ content: TEXT, keys: [publicKey], form });
        assert.equal((await gpg.decrypt(message)).toString(), TEXT);
      }
      const mail = Buffer.from(await crypto.encryptPgp({ content: MAIL, keys: [publicKey], form: 'MAIL' }));
      const armored = /-----BEGIN PGP MESSAGE-----[^]+-----END PGP MESSAGE-----/.exec(mail.toString())?.[0];
      assert.equal((await gpg.decrypt(armored ?? '')).toString(), INNER);
    });

    it('let us verify what GnuPG signed, in every form it has', async (t) => {
      const { gpg, fingerprint, publicKey } = await withKey(t, algorithm);
      const sign = (...args: string[]) => gpg.run([...args, '--local-user', EMAIL], TEXT);
      const messages = [
        ['CLEARTEXT', { message: await sign('--clear-sign') }],
        ['OPAQUE', { message: await sign('--sign') }],
        ['OPAQUE', { message: await sign('--sign', '--armor', '--compress-algo', 'bzip2') }],
        ['DETACHED', { message: TEXT, signature: await sign('--detach-sign') }],
        ['DETACHED', { message: TEXT, signature: await sign('--detach-sign', '--armor', '--textmode') }],
      ] as const;
      for (const [form, input] of messages) {
        const report = await crypto.verifyPgp({ ...input, keys: [publicKey] });
        const [signature] = report.signatures;
        assert.deepEqual([report.form, report.isVerified], [form, true]);
        assert.deepEqual([signature?.fingerprint, signature?.userIds], [fingerprint, [USER_ID]]);
        assert.match(Buffer.from(report.content).toString(), /^Zwölf Euro for ACME\./);
      }
    });

    it('let us verify a mail GnuPG signed, and refuse it changed', async (t) => {
      const { gpg, publicKey } = await withKey(t, algorithm);
      const signature = await gpg.run(['--detach-sign', '--armor', '--textmode'], INNER);
      const type = 'multipart/signed; micalg=pgp-sha512; protocol="application/pgp-signature"; boundary=b1';
      const part = `Content-Type: application/pgp-signature\r\n\r\n${signature.toString()}`;
      const mail = `From: a@example.com\r\nContent-Type: ${type}\r\n\r\n--b1\r\n${INNER}\r\n--b1\r\n${part}\r\n--b1--\r\n`;
      const verify = (message: string) => crypto.verifyPgp({ message, keys: [publicKey] });
      const report = await verify(mail);
      assert.deepEqual([report.form, report.isVerified], ['MIME', true]);
      const changed = await verify(mail.replace('Zwölf', 'Elf'));
      assert.deepEqual(
        changed.signatures.map(({ outcome }) => outcome),
        ['BAD'],
      );
    });
  });
}
