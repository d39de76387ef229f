import type {
  EncryptPgpInput,
  EncryptSmimeInput,
  TextOrBytes,
  VerifyPgpInput,
  VerifySmimeInput,
} from './local-crypto.js';
import { operation } from './operation.js';

// Runs in threads only. What a thread is never asked for it never loads.

export const inspectPgpKey = operation('key', async ({ key }: { readonly key: TextOrBytes }, now) =>
  (await import('./pgp/inspect-key.js')).inspectKey(key, now),
);

export const verifyPgp = operation('message', async (input: VerifyPgpInput, now) =>
  (await import('./pgp/verify-message.js')).verifyMessage(input, now),
);

export const encryptPgp = operation('content', async (input: EncryptPgpInput, now) =>
  (await import('./pgp/encrypt-message.js')).encryptMessage(input, now),
);

export const inspectCertificate = operation(
  'certificate',
  async ({ certificate }: { readonly certificate: TextOrBytes }, now) =>
    (await import('./smime/inspect-certificate.js')).inspectCertificate(certificate, now),
);

export const verifySmime = operation('message', async (input: VerifySmimeInput, now) =>
  (await import('./smime/verify-message.js')).verifyMessage(input, now),
);

export const encryptSmime = operation('content', async (input: EncryptSmimeInput, now) =>
  (await import('./smime/encrypt-message.js')).encryptMessage(input, now),
);
