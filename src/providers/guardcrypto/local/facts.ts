/** What an OpenPGP key says of itself. Instants are milliseconds since the epoch. */
export interface PgpKeyFacts extends PgpComponentFacts {
  /** Every user id, in the key's order. */
  readonly userIds: readonly PgpUserIdFacts[];
  readonly subkeys: readonly PgpSubkeyFacts[];
  /** Whether at least one user id is bound to the key by a good signature of the key itself. */
  readonly isSelfSigned: boolean;
  /** Whether mail can be encrypted to it now: some key in it can, and neither that nor the primary is over or revoked. */
  readonly canEncryptNow: boolean;
}

/** What primary key and subkeys have in common. */
export interface PgpComponentFacts {
  /** The signed 64-bit number the provider writes, in decimal (dossier section 1.8). */
  readonly keyId: string;
  /** The same in 16 lower-case hex digits, as other tools write it. */
  readonly keyIdHex: string;
  /** 40 lower-case hex digits; 64 for a key of version 6. */
  readonly fingerprint: string;
  /** OpenPGP version of the key packet, usually 4. */
  readonly version: number;
  /** As OpenPGP names it, for example `rsaEncryptSign` or `eddsaLegacy`. */
  readonly algorithm: string;
  /** Of RSA, DSA and ElGamal. */
  readonly bits: number | null;
  /** Of elliptic curves, for example `curve25519Legacy`. */
  readonly curve: string | null;
  readonly createdAt: number;
  /** Null: never. */
  readonly expiresAt: number | null;
  readonly capabilities: readonly PgpCapability[];
  readonly isRevoked: boolean;
  readonly isExpired: boolean;
}

export interface PgpSubkeyFacts extends PgpComponentFacts {
  /** Whether the primary key has signed for it. */
  readonly isBound: boolean;
}

/** What a key may be used for. */
export type PgpCapability = 'CERTIFY' | 'SIGN' | 'ENCRYPT' | 'AUTHENTICATE';

export interface PgpUserIdFacts {
  /** The whole user id, usually `Name <address>`. */
  readonly userId: string;
  readonly name: string | null;
  /** Lower case. */
  readonly email: string | null;
  /** Whether a good signature of the key itself binds it, which is not revoked. */
  readonly isSelfSigned: boolean;
  readonly isRevoked: boolean;
  /** Signatures of other keys; unchecked, since those keys are not here. */
  readonly certificationCount: number;
}

/** What an X.509 certificate says. Instants are milliseconds since the epoch. */
export interface CertificateFacts {
  /** Distinguished name, for example `CN=Anton Berg, E=anton@example.com`. */
  readonly subject: string;
  readonly issuer: string;
  /** Addresses of the alternative names and of the subject, lower case. */
  readonly emails: readonly string[];
  /** Serial number in decimal. */
  readonly serial: string;
  /** SHA-256 of the certificate, 64 lower-case hex digits. */
  readonly fingerprint: string;
  readonly notBefore: number;
  readonly notAfter: number;
  /** Whether now is outside of its time. */
  readonly isExpired: boolean;
  /** `rsa`, `ec`, `ed25519`, ... */
  readonly algorithm: string;
  readonly bits: number | null;
  readonly curve: string | null;
  /** As RFC 5280 names them, for example `digitalSignature`; empty when it does not say. */
  readonly keyUsage: readonly string[];
  /** Names of what is known, for example `emailProtection`; dotted numbers of the rest. */
  readonly extendedKeyUsage: readonly string[];
  readonly isCertificateAuthority: boolean;
  readonly isSelfIssued: boolean;
  /**
   * What makes it impossible to go by, whatever it is for, as the rest of "it has ...": an extension that is critical and
   * not known here, malformed or there twice, or a curve described instead of named. Null: nothing.
   */
  readonly obstacle: string | null;
}
