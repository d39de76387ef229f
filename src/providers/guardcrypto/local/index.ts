export { createLocalCrypto } from './create-local-crypto.js';
export type { LocalCryptoOptions } from './create-local-crypto.js';
export type {
  EncryptPgpInput,
  EncryptSmimeInput,
  LocalCallOptions,
  LocalCrypto,
  SmimeCipher,
  SmimeKeyTransport,
  TextOrBytes,
  VerifyPgpInput,
  VerifySmimeInput,
} from './local-crypto.js';
export type {
  CertificateFacts,
  PgpCapability,
  PgpComponentFacts,
  PgpKeyFacts,
  PgpSubkeyFacts,
  PgpUserIdFacts,
} from './facts.js';
export type {
  PgpSignature,
  SignatureForm,
  SignatureOutcome,
  SignatureReport,
  SmimeSignature,
} from './reports.js';
