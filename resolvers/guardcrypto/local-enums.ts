import type {
  EncryptPgpInput,
  EncryptSmimeInput,
  PgpCapability,
  SignatureForm,
  SignatureOutcome,
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
  BAD: 'It does not fit the content, or relies on what is broken, as SHA-1 is.',
  KEY_MISSING: 'None of the keys given made it, or the message brings no certificate of the signer.',
  KEY_UNUSABLE: 'The key or certificate was over or revoked, or is not made for signing mail.',
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
