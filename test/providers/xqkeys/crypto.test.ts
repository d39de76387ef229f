import assert from 'node:assert/strict';
import { constants, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import { test } from 'node:test';
import {
  EnvelopeError,
  envelopeKey,
  openEnvelope,
  sealEnvelope,
} from '../../../src/providers/xqkeys/crypto/envelope.js';
import { makeKeyText, readKeyText } from '../../../src/providers/xqkeys/crypto/key-text.js';
import { openOlder, xorWithKey } from '../../../src/providers/xqkeys/crypto/older.js';
import { readPrivateKey, rsaDecrypt } from '../../../src/providers/xqkeys/crypto/rsa.js';

const PASSWORD = 'dHJhbnNwb3J0LWtleQ==';
const SALT = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
const PLAINTEXT = '{"access_token":"abc"}';
const VECTORS = [
  {
    cipher: 'AES_GCM',
    iv: '101112131415161718191a1b',
    key: '3f27c109dfd2bdfed58825cbc179f118c2bc8f38ccbb3a6c6cbc658fc497071d',
    envelope:
      'U2FsdGVkX18AAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobb5HvxsTuVVve9dIAvM2fhufIPbHEfapN/+NNK9BGZTd4c/B5yuE=',
  },
  {
    cipher: 'AES_CTR',
    iv: '202122232425262728292a2b2c2d2e2f',
    key: '5aaf6d558947cd4d22b86b1d4fa50695881506560514444022c48f995fb2fd2b',
    envelope: 'U2FsdGVkX18AAQIDBAUGBwgJCgsMDQ4PICEiIyQlJicoKSorLC0uL/wFryPZwhsFecdwdelohOm3WW2LW6U=',
  },
] as const;

for (const { cipher, iv, key, envelope } of VECTORS) {
  test(`${cipher} makes and opens the envelope of the published clients`, async () => {
    assert.equal((await envelopeKey(cipher, PASSWORD, SALT)).toString('hex'), key);
    const given = [SALT, Buffer.from(iv, 'hex')];
    const sealed = await sealEnvelope(cipher, PASSWORD, Buffer.from(PLAINTEXT), (count) => {
      const next = given.shift();
      assert.equal(next?.length, count);
      return next ?? Buffer.alloc(0);
    });
    assert.equal(sealed.toString('base64'), envelope);
    const opened = await openEnvelope(cipher, PASSWORD, Buffer.from(envelope, 'base64'));
    assert.equal(opened.toString(), PLAINTEXT);
  });
}

test('AES_GCM refuses a changed envelope, another password, and what is no envelope', async () => {
  const sealed = await sealEnvelope('AES_GCM', PASSWORD, Buffer.from(PLAINTEXT));
  for (const place of [0, 8, 24, 36, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
    await assert.rejects(openEnvelope('AES_GCM', PASSWORD, changed), EnvelopeError, `byte ${place}`);
  }
  await assert.rejects(openEnvelope('AES_GCM', 'another', sealed), EnvelopeError);
  for (const length of [0, 8, 51]) {
    await assert.rejects(openEnvelope('AES_GCM', PASSWORD, sealed.subarray(0, length)), EnvelopeError);
  }
});

test('every envelope has a salt and an IV of its own', async () => {
  const seal = async (): Promise<string> =>
    (await sealEnvelope('AES_GCM', PASSWORD, Buffer.from(PLAINTEXT))).toString('base64');
  assert.notEqual(await seal(), await seal());
});

test('OTP is the XOR of the published clients, the key begun anew where it is too short', () => {
  const key = '0123456789abcdef';
  const sealed = xorWithKey(Buffer.from('attack at dawn!!+more'), key);
  assert.equal(sealed.toString('base64'), 'UUVGUldeFlZMGQUDFApERxtcXUFR');
  assert.equal(openOlder('OTP', key, sealed).toString(), 'attack at dawn!!+more');
});

test('the older ciphers open what OpenSSL makes', () => {
  const envelope = (ciphertext: string): Buffer =>
    Buffer.concat([
      Buffer.from('Salted__'),
      Buffer.from('0102030405060708', 'hex'),
      Buffer.from(ciphertext, 'base64'),
    ]);
  const key = '0123456789abcdef';
  // openssl enc -aes-256-cbc -md md5 -S 0102030405060708 -pass pass:0123456789abcdef
  assert.equal(
    openOlder('AES_CBC_MD5', key, envelope('/cgBuIC79QULeD9Q2tlcHQ==')).toString(),
    'attack at dawn',
  );
  // openssl enc -aes-256-ctr -K ... -iv ..., of 14 rounds of SHA-256
  assert.equal(
    openOlder('AES_CTR_SHA256', key, envelope('x/sCuQSBRxdLpx2F7OY=')).toString(),
    'attack at dawn',
  );
  assert.throws(() => openOlder('AES_CBC_MD5', key, Buffer.from('no envelope')), EnvelopeError);
});

test('the prefix of a key names its algorithm, and is no part of the password', () => {
  assert.deepEqual(readKeyText('.1abc'), { cipher: 'AES_GCM', prefix: '.1', bareKey: 'abc' });
  assert.deepEqual(readKeyText('.Xabc'), { cipher: 'OTP', prefix: '.X', bareKey: 'abc' });
  assert.deepEqual(readKeyText('.Aabc'), { cipher: null, prefix: '.A', bareKey: 'abc' });
  assert.deepEqual(readKeyText('abc'), { cipher: null, prefix: null, bareKey: 'abc' });
  assert.match(makeKeyText('AES_GCM'), /^\.1[\w-]{43}$/);
  assert.notEqual(makeKeyText('AES_CTR'), makeKeyText('AES_CTR'));
});

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

test('a private key is read from PEM, base64 of PEM, and base64 of DER', () => {
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const der = (type: 'pkcs8' | 'pkcs1'): string =>
    privateKey.export({ type, format: 'der' }).toString('base64');
  const forms = [pkcs8, pkcs1, Buffer.from(pkcs8).toString('base64'), der('pkcs8'), der('pkcs1')];
  for (const form of forms) assert.equal(readPrivateKey(form)?.equals(privateKey), true, form.slice(0, 30));
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const wrong = ['', 'AAAA', elliptic.export({ type: 'pkcs8', format: 'pem' }).toString()];
  for (const form of wrong) assert.equal(readPrivateKey(form), undefined);
});

test('a PKCS#1 v1.5 block is decrypted, and every other one fails in the same way', () => {
  const encrypt = (padding: number, data: Buffer): Buffer => publicEncrypt({ key: publicKey, padding }, data);
  const block = encrypt(constants.RSA_PKCS1_PADDING, Buffer.from('token'));
  assert.equal(rsaDecrypt(privateKey, block).toString(), 'token');
  const raw = (head: string): Buffer => {
    const padded = Buffer.alloc(256, 0xff);
    padded.write(head, 'hex');
    return encrypt(constants.RSA_NO_PADDING, padded);
  };
  const bad = [
    raw('0001ff00'),
    raw('0102ff00'),
    // Seven bytes of padding are one too few; and no end of it at all.
    raw('0002ffffffffffffff00'),
    raw('0002ffffffffffffffff'),
    Buffer.from('short'),
  ];
  for (const wrong of bad) assert.throws(() => rsaDecrypt(privateKey, wrong), EnvelopeError);
});
