const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/**
 * What no source states and this service had to decide; all (assumed). Which status answers which mistake is decided
 * where the mistake is found, their texts are in `statuses.ts`.
 */
export const ASSUMED = {
  /** Bytes of a request; more is a fault. */
  maxBodyBytes: 64 * 1024,
  /** Answered when the request's own id is not valid. */
  unknownRequestId: '0000',
  /** How long a phone has to answer without `request.timeout`. */
  pushTimeoutMs: 60 * SECOND,
  /** How many steps after it was sent a scripted push ends. */
  pushSteps: 2,
  /** How long the end of a push can be read; later it is not found. */
  pushRetentionMs: 10 * MINUTE,
  /** Until a code sent to a phone is no longer good. */
  sentCodeLifetimeMs: 5 * MINUTE,
  /** The code sent to phones and services, unless the control interface wants different ones. */
  sentCode: '654321',
  /** What a hardware token shows, and shows next. */
  hardwareCodes: ['123456', '654321'],
  /** Never right, whatever a token shows. */
  wrongCode: '000000',
  /** How many time steps a token's clock may be off, either way: for one code, and for two consecutive ones. */
  totpWindow: { one: 1, two: 20 },
  /** Bindings of a user, remembered devices not counted. */
  bindingLimit: 5,
  /** A phone number which is not one. */
  badPhoneNumber: '15005550001',
  /** An address which is always risky. */
  blockedIp: '203.0.113.66',
  riskThreshold: 50,
  riskScores: { high: 80, low: 10 },
  riskPolicyVersion: '1.0',
  /** `authLevel.level` values that are configured. */
  authLevels: { min: 1, max: 10 },
  pin: { maxLength: 16, lifetimeMs: 180 * DAY },
  tokenLifetimeMs: 10 * 365 * DAY,
} as const;

/** Limits which the provider states. */
export const STATED = {
  /** Wrong codes in a row that lock (KB). */
  wrongCodes: 10,
  temporaryCode: { defaultMs: DAY, maxMs: 30 * DAY },
  /** How long the tag of a risk event can be redeemed. */
  deviceTagMs: 30 * MINUTE,
} as const;
