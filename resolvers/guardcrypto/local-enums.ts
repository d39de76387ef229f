import type {
  EncryptPgpInput,
  EncryptSmimeInput,
  PgpCapability,
  SignatureForm,
  SignatureOutcome,
  SmimeCipher,
  SmimeKeyTransport,
} from '../../src/providers/guardcrypto/local/index.js';
import { describedEnum } from '../../src/subgraph/described-enum.js';

const capabilities: Readonly<Record<PgpCapability, string>> = {
  CERTIFY: 'Sign other keys and its own user ids.',
  SIGN: 'Sign messages.',
  ENCRYPT: 'Messages can be encrypted to it.',
  AUTHENTICATE: 'Prove who is calling, for example in SSH.',
};

const forms: Readonly<Record<SignatureForm, string>> = {
  MIME: 'A mail of type multipart/signed: PGP/MIME, or S/MIME with a detached signature.',
  OPAQUE: 'The content stands inside of the signed message.',
  CLEARTEXT: 'Readable text between PGP marks.',
  DETACHED: 'The signature was given beside the content.',
};

const outcomes: Readonly<Record<SignatureOutcome, string>> = {
  GOOD: 'It fits content and key, and the key was good for it.',
  BAD: 'It does not fit the content or the key.',
  EXPIRED: 'It fits, yet the signature, the key or a certificate had come to its end.',
  NOT_YET_VALID: 'It fits, yet the signature, the key or a certificate begins later.',
  WEAK: 'It fits, yet somebody else could make one that does: an algorithm is broken, as SHA-1 is, or a key too short.',
  UNSUPPORTED: 'Nothing can be said: it takes something that is not known here.',
  KEY_MISSING:
    'None of the keys given made it, or neither the message nor `trusted` has the certificate of the signer.',
  KEY_UNUSABLE: 'It fits, yet the key is not made for signing messages, or not bound to its owner.',
  REVOKED: 'It fits, yet the key is revoked.',
  NOT_TRUSTED: 'It fits, yet the certificate does not lead to one of those you trust.',
};

const pgpForms: Readonly<Record<EncryptPgpInput['form'], string>> = {
  ARMORED: 'Text between PGP marks.',
  BINARY: 'Bytes.',
  MAIL: 'The content is a mail, and becomes a PGP/MIME one; its own header fields stay readable.',
};

const smimeForms: Readonly<Record<EncryptSmimeInput['form'], string>> = {
  PEM: 'Text between CMS marks.',
  DER: 'Bytes.',
  MAIL: 'The content is a mail, and becomes an S/MIME one; its own header fields stay readable.',
};

const ciphers: Readonly<Record<SmimeCipher, string>> = {
  AES_256_CBC: 'EnvelopedData, which every reader opens; a change of the message on its way is not noticed.',
  AES_256_GCM: 'AuthEnvelopedData, which new readers open; a change of the message on its way is noticed.',
};

const keyTransports: Readonly<Record<SmimeKeyTransport, string>> = {
  PKCS1_V1_5: 'The padding of old, which every reader opens.',
  OAEP: 'RSAES-OAEP, which some readers cannot open.',
};

export const GuardPgpCapability = describedEnum(
  'GuardPgpCapability',
  'What an OpenPGP key may be used for.',
  capabilities,
);

export const GuardSignatureForm = describedEnum(
  'GuardSignatureForm',
  'Where in a message its signature was found.',
  forms,
);

export const GuardSignatureOutcome = describedEnum(
  'GuardSignatureOutcome',
  'How one signature came out.',
  outcomes,
);

export const GuardPgpForm = describedEnum('GuardPgpForm', 'What an OpenPGP message shall be.', pgpForms);

export const GuardSmimeForm = describedEnum('GuardSmimeForm', 'What an S/MIME message shall be.', smimeForms);

export const GuardSmimeCipher = describedEnum(
  'GuardSmimeCipher',
  'How the content of an S/MIME message is encrypted.',
  ciphers,
);

export const GuardSmimeKeyTransport = describedEnum(
  'GuardSmimeKeyTransport',
  'How the key to the content is encrypted for RSA certificates; others are not concerned.',
  keyTransports,
);
