import type { CallOptions as KitCallOptions } from '../kit/call-options.js';

// What a caller says and learns, in our words; the elements on the wire are those of dossier section 3. Times are
// milliseconds since the epoch. Types, not interfaces, where a watch keeps them as JSON.

/** Values known by the name of a credential's type (dossier section 3.1). */
export const CREDENTIAL_TYPES = {
  STANDARD_OTP: 'App or token that shows codes.',
  SMS_OTP: 'Phone that gets codes by SMS.',
  VOICE_OTP: 'Phone that is called and told a code.',
  SERVICE_OTP: 'Codes made by the service.',
  CERTIFICATE: 'Client certificate.',
  IA: 'Remembered device (Intelligent Authentication).',
} as const;
export type CredentialType = keyof typeof CREDENTIAL_TYPES;

export interface CredentialKey {
  readonly credentialId: string;
  readonly credentialType: CredentialType;
}

/** A name and a value, always text. */
export type KeyValue = { readonly key: string; readonly value: string };

/** How one user holds one credential (dossier section 3.10). */
export type Binding = {
  readonly status: string;
  readonly friendlyName: string | null;
  readonly trustedDevice: boolean | null;
  readonly clientVersion: string | null;
  readonly clientType: string | null;
  readonly boundAt: number | null;
  readonly lastAuthenticatedAt: number | null;
  readonly lastAuthenticationId: string | null;
};

export type TokenCategory = {
  readonly categoryId: string;
  readonly formFactor: string;
  readonly movingFactor: string;
  readonly otpGeneratedBy: string;
};

/** Dossier section 3.16; version 1.8 alone. */
export type Token = {
  readonly tokenId: string;
  readonly type: string | null;
  readonly kind: string | null;
  readonly adapter: string;
  readonly status: string;
  readonly expiresAt: number | null;
  readonly temporaryPasswordExpiresAt: number | null;
  readonly temporaryPasswordOneTimeUse: boolean | null;
  readonly updatedAt: number | null;
  readonly serverOtpExpires: number | null;
  readonly groupId: string | null;
  readonly isOwner: boolean | null;
  readonly reportedReason: string | null;
};

/** One of a user's credentials. Types and statuses are as on the wire, known or not. */
export type BoundCredential = {
  readonly credentialId: string;
  readonly credentialType: string;
  readonly status: string | null;
  readonly binding: Binding;
  readonly pushAttributes: readonly KeyValue[];
  readonly tokenCategory: TokenCategory | null;
  readonly token: Token | null;
};

export type UserInfo = {
  /** As it is spelled at the provider. */
  readonly userId: string;
  readonly createdAt: number | null;
  readonly status: string;
  readonly bindingCount: number;
  readonly credentials: readonly BoundCredential[];
  /** There are others, which could not be understood. */
  readonly isPart?: true;
  readonly isPinSet: boolean;
  readonly hasTemporaryPassword: boolean;
  readonly pinExpiresAt: number | null;
};

export interface CredentialInfo {
  readonly credentialId: string;
  readonly credentialType: string;
  readonly status: string | null;
  readonly bindingCount: number;
  readonly pushAttributes: readonly KeyValue[];
  readonly users: readonly { readonly userId: string; readonly status: string; readonly binding: Binding }[];
}

export interface TemporaryPasswordAttributes {
  readonly expiresAt: number | null;
  readonly oneTimeUseOnly: boolean | null;
}

export interface SmsDelivery {
  readonly phoneNumber: string;
  readonly smsFrom?: string | null | undefined;
  readonly messageTemplate?: string | null | undefined;
  readonly gatewayId?: string | null | undefined;
  readonly gatewayPassword?: string | null | undefined;
}

export interface VoiceDelivery {
  readonly phoneNumber: string;
  readonly language?: string | null | undefined;
}

/** Where a code is to be sent; one of both at the most. */
export interface Delivery {
  readonly sms?: SmsDelivery | null | undefined;
  readonly voice?: VoiceDelivery | null | undefined;
}

/** A code, and the next one to prove possession or to synchronise a token again. */
export interface OneTimeCode {
  readonly otp: string;
  readonly secondOtp?: string | null | undefined;
}

/** Proof by a code: never by a PIN alone. */
export interface Authentication {
  /** The provider's own status, four hexadecimal digits. */
  readonly status: string;
  /** Null for a temporary password, which belongs to no credential. */
  readonly credentialId: string | null;
  readonly credentialType: string | null;
  readonly authenticationId: string | null;
  readonly isPinExpired: boolean | null;
  readonly pinExpiresAt: number | null;
  readonly authContext: readonly KeyValue[];
}

export interface PushRequest {
  readonly displayParameters: readonly KeyValue[];
  readonly requestParameters: readonly KeyValue[];
  readonly authContext: readonly KeyValue[];
}

export interface SentPush {
  readonly transactionId: string;
  readonly targets: readonly { readonly credentialId: string; readonly sent: boolean }[];
  /** The number to choose on the phone, shown where the user signs in; null when none is asked for. */
  readonly numbersChallenge: string | null;
  readonly isPinExpired: boolean | null;
  readonly pinExpiresAt: number | null;
}

/** How far one push has come, as one poll says. */
export type PushStatus = {
  readonly transactionId: string;
  readonly status: string;
  readonly detail: string | null;
  readonly answeredAt: number | null;
  readonly credentialId: string | null;
  readonly credentialType: string | null;
  readonly isPinExpired: boolean | null;
  readonly pinExpiresAt: number | null;
  readonly deviceInfo: readonly KeyValue[];
};

export interface RiskEvaluation {
  readonly status: string;
  /** False only when both the status and the verdict say so. */
  readonly isRisky: boolean;
  readonly score: number | null;
  readonly threshold: number | null;
  readonly reason: string | null;
  readonly policyVersion: string | null;
  readonly eventId: string;
  readonly attributes: readonly KeyValue[];
}

/** Who asks, for whom: part of every call. */
export interface CallOptions extends KitCallOptions {
  /** Child account to act for; our own when left out. */
  readonly onBehalfOfAccountId?: string | null | undefined;
}
