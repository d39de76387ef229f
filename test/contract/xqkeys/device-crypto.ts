import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  pbkdf2Sync,
  privateDecrypt,
} from 'node:crypto';

/** AES-256-GCM envelope, as published clients write it. */
export function sealGcm(password: string, plain: string, salt: Buffer, iv: Buffer): string {
  const cipher = createCipheriv('aes-256-gcm', pbkdf2Sync(password, salt, 1024, 32, 'sha256'), iv);
  const sealed = [cipher.update(plain, 'utf8'), cipher.final()];
  return Buffer.concat([Buffer.from('Salted__'), salt, iv, ...sealed, cipher.getAuthTag()]).toString(
    'base64',
  );
}

/** The text in an envelope of this form. */
export function openGcm(password: string, base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const [salt, iv] = [bytes.subarray(8, 24), bytes.subarray(24, 36)];
  const key = pbkdf2Sync(password, salt, 1024, 32, 'sha256');
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(36, -16)), decipher.final()]).toString('utf8');
}

/** The text in an AES-256-CTR envelope of the C client: 14 rounds of SHA-256 over the password and an 8-byte salt. */
export function openCtr(password: string, base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const seed = Buffer.concat([Buffer.from(password), bytes.subarray(8, 16)]);
  const hash = (data: Buffer): Buffer => {
    let digest = data;
    for (let round = 0; round < 14; round++) digest = createHash('sha256').update(digest).digest();
    return digest;
  };
  const key = hash(seed);
  const iv = hash(Buffer.concat([key, seed])).subarray(0, 16);
  return createDecipheriv('aes-256-ctr', key, iv).update(bytes.subarray(16)).toString('utf8');
}

/** RSAES-PKCS1-v1_5 by hand: this padding is switched off in current versions of Node. */
export function decryptRsa(privateKeyPem: string, base64: string): string {
  const padding = constants.RSA_NO_PADDING;
  const block = privateDecrypt({ key: privateKeyPem, padding }, Buffer.from(base64, 'base64'));
  const end = block.indexOf(0, 2);
  if (block[0] !== 0 || block[1] !== 2 || end < 10) throw new Error('not padded');
  return block.subarray(end + 1).toString('utf8');
}
