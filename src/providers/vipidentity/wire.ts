import { z } from 'zod';
import { readable } from '../kit/odd-parts.js';

// Answers of the service (dossier sections 2.3 and 3), every value as text. Elements that are not named are ignored.

const hexCode = z
  .string()
  .transform((code) => code.trim().toUpperCase())
  .pipe(z.string().regex(/^[0-9A-F]{4}$/));
const text = z.string().nullable().default(null);
/** A text that ought to be there: empty where it is not, so that the rest of the thing stands. */
const word = z
  .string()
  .nullish()
  .transform((written) => written ?? '');
const truth = z
  .enum(['true', 'false', '1', '0'])
  .transform((word) => word === 'true' || word === '1')
  .nullable()
  .default(null);
const wholeNumber = z
  .string()
  .regex(/^-?\d+$/)
  .transform(Number)
  .nullable()
  .default(null);
/** Milliseconds since the epoch. */
const moment = z
  .string()
  .transform((written) => Date.parse(written))
  .pipe(z.number())
  .nullable()
  .default(null);

const TRANSACTION_ID = /^\w{1,64}$/;

/** A repeatable element: the library gives an array, an object where there is one, or nothing. */
function several<Item extends z.ZodType>(item: Item) {
  return z.preprocess(
    (found: unknown): unknown =>
      found === undefined || found === null ? [] : Array.isArray(found) ? found : [found],
    readable(item),
  );
}

// An empty element comes as null.
const pair = z.object({ Key: z.string(), Value: z.string().nullable() }).transform(({ Key, Value }) => ({
  key: Key,
  value: Value ?? '',
}));
export const pairs = several(pair);
const authContext = z.object({ params: pairs }).nullable().default(null);

/** What every answer begins with. */
export const baseAnswer = z.object({
  requestId: z.string(),
  status: hexCode,
  detail: hexCode.nullable().default(null),
});

export const noAnswer = z.object({});

export const serverTimeAnswer = z.object({ timestamp: moment });

const bound = z.object({
  bindStatus: word,
  friendlyName: text,
  trustedDevice: truth,
  clientVersion: text,
  clientType: text,
  lastBindTime: moment,
  lastAuthnTime: moment,
  lastAuthnId: text,
});
const binding = z.preprocess((found: unknown): unknown => found ?? {}, bound);

const tokenCategory = z.object({
  CategoryId: word,
  FormFactor: word,
  MovingFactor: word,
  OtpGeneratedBy: word,
});

/** Content with an attribute. */
const attributed = z.union([
  z.string().transform((id) => ({ id, type: null })),
  z
    .object({ attributes: z.object({ type: text }), $value: z.string() })
    .transform(({ attributes, $value }) => ({ id: $value, type: attributes.type })),
]);

const token = z.object({
  TokenId: attributed,
  TokenKind: text,
  Adapter: word,
  TokenStatus: word,
  ExpirationDate: moment,
  TempPasswordExpirationDate: moment,
  TempPasswordOneTimeUse: truth,
  LastUpdate: moment,
  ServerOTPExpires: wholeNumber,
  TokenGroupId: text,
  Owner: truth,
  ReportedReason: text,
});

export const userAnswer = z.object({
  userId: text,
  userCreationTime: moment,
  userStatus: text,
  numBindings: wholeNumber,
  credentialBindingDetail: several(
    z.object({
      credentialId: z.string(),
      credentialType: word,
      credentialStatus: text,
      tokenCategoryDetails: tokenCategory.nullable().default(null),
      tokenInfo: token.nullable().default(null),
      bindingDetail: binding,
      pushAttributes: pairs,
    }),
  ),
  isPinSet: truth,
  isTempPasswordSet: truth,
  pinExpirationTime: moment,
});

export const credentialAnswer = z.object({
  credentialId: text,
  credentialType: text,
  credentialStatus: text,
  numBindings: wholeNumber,
  pushAttributes: pairs,
  userBindingDetail: several(z.object({ userId: z.string(), userStatus: word, bindingDetail: binding })),
});

export const temporaryPasswordAttributesAnswer = z.object({
  tempPwdAttributes: z.object({ expirationTime: moment, oneTimeUseOnly: truth }).nullable().default(null),
});

export const registerAnswer = z.object({ otp: text });

export const temporaryPasswordAnswer = z.object({ temporaryPassword: text });

export const authenticationAnswer = z.object({
  status: hexCode,
  credentialId: text,
  credentialType: text,
  authnId: text,
  isPinExpired: truth,
  pinExpirationTime: moment,
  authContext,
});

export const pushAnswer = z.object({
  status: hexCode,
  transactionId: z.string().regex(TRANSACTION_ID),
  pushDetail: z.unknown().optional(),
  numbersChallengeValue: text,
  isPinExpired: truth,
  pinExpirationTime: moment,
  authContext,
});

/** To whom a push went. Read apart: it went, whether or not this can be read. */
export const pushDetail = several(
  z.object({ pushCredentialId: z.string(), pushSent: z.enum(['true', 'false', '1', '0']) }),
);

// Items are read one by one: a final state can be read only once, so one item at fault must not cost the others.
export const pollAnswer = z.object({ transactionStatus: several(z.unknown()) });

export const pushStatus = z.object({
  transactionId: z.string().regex(TRANSACTION_ID),
  status: hexCode,
  detail: hexCode.nullable().default(null),
  authnTime: moment,
  credentialId: text,
  credentialType: text,
  isPinExpired: truth,
  pinExpirationTime: moment,
  deviceInfo: z.unknown().optional(),
});

export const riskAnswer = z.object({
  status: hexCode,
  Risky: truth,
  RiskScore: wholeNumber,
  RiskThreshold: wholeNumber,
  RiskReason: text,
  PolicyVersion: text,
  EventId: z.string().regex(/^\d{1,18}$/),
  KeyValuePairs: pairs,
});

export const riskFeedbackAnswer = z.object({ KeyValuePairs: pairs });
