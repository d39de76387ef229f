import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { currentRing, failureCode, isEmpty, keyAt, publicRing } from '../../contract/guardcrypto/wire.js';
import { GnuPg } from '../../support/gnupg.js';
import { INNER, privateRing, protect, signedMail, startGuardNow, USERS, verify } from './guard-mail.js';

const SECOND_ID = 'Second <second@example.com>';

for (const { name, id, algorithm, other } of USERS) {
  describe(`the simulator and GnuPG with ${algorithm} keys`, () => {
    const email = `${name}@example.com`;

    it('let GnuPG take a ring with a user id added, and see every signature of its own good', async (t) => {
      const world = await startGuardNow(t);
      const user = await world.signIn(name);
      const gpg = await GnuPg.open(t);
      const before = await currentRing(user);
      const query = { keyid: keyAt(before, 0).id, name: 'Second', email: 'second@example.com' };
      assert.ok(isEmpty(await user.keys('POST', 'addUserId', { query, form: { password: 'key-pw' } })));
      await gpg.import(publicRing(await currentRing(user)).ring);
      const lines = await gpg.list(email);
      const userIds = lines.filter(([kind]) => kind === 'uid').map((fields) => fields[9]);
      assert.deepEqual(userIds.sort(), [...keyAt(before, 0).userIds, SECOND_ID].sort());
      assert.deepEqual(
        await gpg.fingerprints(email),
        publicRing(before).keys.map(({ fingerPrint }) => fingerPrint),
      );
      const signatures = (await gpg.run(['--with-colons', '--check-signatures', email]))
        .toString()
        .split('\n');
      const keyId = keyAt(before, 0).fingerPrint.slice(-16);
      const own = signatures
        .map((line) => line.split(':'))
        .filter(([kind, , , , by]) => kind === 'sig' && by === keyId);
      assert.deepEqual(
        own.map(([, outcome]) => outcome),
        ['!', '!', '!'],
        'two user ids and a subkey',
      );
    });

    it('let GnuPG see that the simulator revoked a ring', async (t) => {
      const world = await startGuardNow(t);
      const user = await world.signIn(name);
      const gpg = await GnuPg.open(t);
      const query = { keyid: keyAt(await currentRing(user), 0).id, reason: 'key_compromised' };
      assert.ok(isEmpty(await user.keys('POST', 'revoke', { query, form: { password: 'key-pw' } })));
      await gpg.import(publicRing(await currentRing(user)).ring);
      const primary = (await gpg.list(email)).find(([kind]) => kind === 'pub');
      assert.equal(primary?.[1], 'r');
    });

    it('let GnuPG open, with the private ring, a mail the simulator encrypted and signed', async (t) => {
      const world = await startGuardNow(t);
      const [user, sender] = [await world.signIn(name), await world.signIn(other)];
      const gpg = await GnuPg.open(t);
      await gpg.import(await privateRing(user), 'key-pw');
      await gpg.import(publicRing(await currentRing(sender)).ring);
      const from = USERS.find((one) => one.name === other)?.id ?? '';
      const token = await sender.authenticate('key-pw');
      const mail = await protect(world, from, { type: 'PGP', recipients: [email], token });
      const armored = /-----BEGIN PGP MESSAGE-----[^]+-----END PGP MESSAGE-----/.exec(mail)?.[0] ?? '';
      const out = (await gpg.run(['--status-fd', '1', '--decrypt'], armored, 'key-pw')).toString();
      assert.ok(out.includes(INNER));
      assert.match(out, /\[GNUPG:\] GOODSIG /);
    });

    it('let GnuPG verify a mail the simulator signed, and refuse it changed', async (t) => {
      const world = await startGuardNow(t);
      const user = await world.signIn(name);
      const gpg = await GnuPg.open(t);
      await gpg.import(publicRing(await currentRing(user)).ring);
      const mail = await protect(world, id, { type: 'PGP', token: await user.authenticate('key-pw') });
      const boundary = /boundary="([^"]+)"/.exec(mail)?.[1] ?? '';
      const [, signed = '', part = ''] = mail.split(`--${boundary}`);
      const content = signed.slice(2, -2);
      const signature = part.slice(part.indexOf('-----BEGIN'));
      assert.equal(content, INNER);
      assert.match(await gpg.verify(signature, content), /\[GNUPG:\] GOODSIG /);
      assert.match(await gpg.verify(signature, content.replace('Euro', 'Mark')), /\[GNUPG:\] BADSIG /);
    });

    it('let the simulator take a private key of GnuPG, and sign with it what GnuPG verifies', async (t) => {
      const world = await startGuardNow(t);
      const user = await world.signIn(name);
      const gpg = await GnuPg.open(t);
      await gpg.run(['--quick-generate-key', email, algorithm, 'sign', '1y'], undefined, 'gpg-pw');
      const [fingerprint = ''] = await gpg.fingerprints(email);
      const key = Buffer.from(await gpg.privateKey(email, 'gpg-pw'));
      const upload = (keyPassword: string) =>
        user.keys('POST', 'upload', { parts: { key, keyPassword, newPassword: 'key-pw' } });
      assert.equal(failureCode(await upload('wrong')), 'GRD-AUTH-0001');
      await upload('gpg-pw');
      assert.equal(keyAt(await currentRing(user), 0).fingerPrint, fingerprint);
      const mail = await protect(world, id, { type: 'PGP', token: await user.authenticate('key-pw') });
      const signature = /-----BEGIN PGP SIGNATURE-----[^]+-----END PGP SIGNATURE-----/.exec(mail)?.[0] ?? '';
      assert.match(await gpg.verify(signature, INNER), /\[GNUPG:\] GOODSIG /);
    });

    it('let the simulator verify a mail GnuPG signed, and refuse it changed', async (t) => {
      const world = await startGuardNow(t);
      const user = await world.signIn(name);
      const gpg = await GnuPg.open(t);
      await gpg.newKey('emil@outside.example', algorithm);
      const key = Buffer.from(await gpg.publicKey('emil@outside.example'));
      await user.keys('POST', 'uploadExternalPublicKey', { parts: { key } });
      const signature = await gpg.run(['--detach-sign', '--armor', '--textmode'], INNER);
      const mail = signedMail('application/pgp-signature', INNER, signature.toString());
      assert.equal(await verify(world, id, mail), true);
      assert.equal(await verify(world, id, mail.replace('Euro', 'Mark')), false);
    });
  });
}
