import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { config, decrypt, generateKey, readMessage } from 'openpgp';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { Sequoia } from '../../support/sequoia.js';

const crypto = createLocalCrypto({ budgetMs: 120_000 });
after(() => crypto.close());

const TEXT = 'Zwölf Euro for ACME.\n';

describe('local cryptography and Sequoia', () => {
  it('read what the other wrote', async (t) => {
    const sq = await Sequoia.open(t);
    await sq.run(['key', 'generate', '--userid', 'Anton <anton@example.com>', '--export', 'key.pgp']);
    await sq.write('cert.pgp', await sq.run(['key', 'extract-cert', 'key.pgp']));
    const key = await sq.read('cert.pgp');
    const facts = await crypto.inspectPgpKey(key);
    assert.deepEqual([facts.isSelfSigned, facts.canEncryptNow], [true, true]);
    const encrypted = await crypto.encryptPgp({ content: TEXT, keys: [key], form: 'ARMORED' });
    assert.equal((await sq.run(['decrypt', '--recipient-key', 'key.pgp'], encrypted)).toString(), TEXT);
    for (const args of [[], ['--cleartext-signature']]) {
      const signed = await sq.run(['sign', '--signer-key', 'key.pgp', ...args], TEXT);
      const { isVerified, content } = await crypto.verifyPgp({ message: signed, keys: [key] });
      assert.deepEqual([isVerified, Buffer.from(content).toString().trim()], [true, TEXT.trim()]);
    }
  });

  it('one message is read by Sequoia and by the holder of a key of version 6, whom Sequoia does not know', async (t) => {
    const sq = await Sequoia.open(t);
    await sq.run(['key', 'generate', '--userid', 'Anton <anton@example.com>', '--export', 'key.pgp']);
    const own = (await sq.run(['key', 'extract-cert', 'key.pgp'])).toString();
    const { privateKey } = await generateKey({
      ...{ userIDs: [{ email: 'b@example.com' }], format: 'object' },
      config: { ...config, aeadProtect: true, v6Keys: true },
    } as const);
    const newer = privateKey.toPublic().armor();
    await assert.rejects(sq.run(['inspect'], newer), /Unsupported/);
    for (const keys of [
      [own, newer],
      [newer, own],
    ]) {
      const message = Buffer.from(await crypto.encryptPgp({ content: TEXT, keys, form: 'ARMORED' }));
      assert.equal((await sq.run(['decrypt', '--recipient-key', 'key.pgp'], message)).toString(), TEXT);
      const opened = await decrypt({
        message: await readMessage({ armoredMessage: message.toString() }),
        decryptionKeys: privateKey,
      });
      assert.equal(opened.data, TEXT);
    }
  });

  it('refuse the same: what was changed, and whom they do not know', async (t) => {
    const sq = await Sequoia.open(t);
    const certificates: string[] = [];
    for (const name of ['anton', 'mallory']) {
      await sq.run(['key', 'generate', '--userid', `<${name}@example.com>`, '--export', `${name}.pgp`]);
      const certificate = (await sq.run(['key', 'extract-cert', `${name}.pgp`])).toString();
      await sq.write(`${name}.cert`, certificate);
      certificates.push(certificate);
    }
    const clear = (
      await sq.run(['sign', '--cleartext-signature', '--signer-key', 'anton.pgp'], TEXT)
    ).toString();
    const signature = (await sq.run(['sign', '--detached', '--signer-key', 'anton.pgp'], TEXT)).toString();
    await sq.write('signature', signature);
    const cases: readonly (readonly [
      message: string,
      detached: boolean,
      name: 'anton' | 'mallory',
      good: boolean,
    ])[] = [
      [clear, false, 'anton', true],
      [clear.replace('Euro', 'Mark'), false, 'anton', false],
      [clear, false, 'mallory', false],
      [TEXT, true, 'anton', true],
      [`${TEXT}!`, true, 'anton', false],
      [TEXT, true, 'mallory', false],
    ];
    for (const [message, detached, name, good] of cases) {
      const args = [
        'verify',
        '--signer-cert',
        `${name}.cert`,
        ...(detached ? ['--detached', 'signature'] : []),
      ];
      const theirs = await sq.run(args, message).then(
        () => true,
        () => false,
      );
      const keys = certificates.slice(...(name === 'anton' ? [0, 1] : [1]));
      const ours = await crypto.verifyPgp({ message, keys, ...(detached ? { signature } : {}) });
      assert.deepEqual([theirs, ours.isVerified], [good, good], `${name}: ${message}`);
    }
  });

  for (const v6Keys of [false, true])
    it(`keys ${v6Keys ? 'of version 6' : 'of version 4'} that all announce SEIPDv2 get a message, in every form`, async () => {
      const options = { config: { ...config, aeadProtect: true, v6Keys }, format: 'object' } as const;
      const { privateKey } = await generateKey({ userIDs: [{ email: 'a@example.com' }], ...options });
      const keys = [privateKey.toPublic().armor()];
      for (const form of ['ARMORED', 'BINARY', 'MAIL'] as const) {
        const content = form === 'MAIL' ? `Subject: x\r\n\r\n${TEXT}` : TEXT;
        const out = Buffer.from(await crypto.encryptPgp({ content, keys, form }));
        const message =
          form === 'BINARY'
            ? await readMessage({ binaryMessage: new Uint8Array(out) })
            : await readMessage({
                armoredMessage:
                  out
                    .subarray(out.indexOf('-----BEGIN'))
                    .toString()
                    .split(/\r?\n--sealed/)[0] ?? '',
              });
        const { data } = await decrypt({ message, decryptionKeys: privateKey });
        assert.equal(String(data).replaceAll('\r', '').endsWith(TEXT), true, form);
      }
    });
});
