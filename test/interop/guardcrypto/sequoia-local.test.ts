import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { config, decrypt, generateKey, readMessage } from 'openpgp';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { Sequoia } from '../../support/sequoia.js';

const crypto = createLocalCrypto();
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
