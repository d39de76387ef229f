import { enumType, integerType, textType } from '../schema/simple.js';

// Dossier section 3.1, in its order.

export const requestIdType = textType('RequestIdType', {
  minLength: 4,
  maxLength: 40,
  pattern: '[0-9A-Za-z_]+',
});
export const accountIdType = textType('AccountIdType', {
  minLength: 3,
  maxLength: 50,
  pattern: '[0-9A-Za-z]+',
});
export const userIdType = textType('UserIdType', { minLength: 1, maxLength: 128 });
export const credentialIdType = textType('CredentialIdType', {
  minLength: 4,
  maxLength: 100,
  pattern: '[0-9A-Za-z,#.*]+',
});

export const CREDENTIAL_TYPES = [
  'STANDARD_OTP',
  'SMS_OTP',
  'VOICE_OTP',
  'SERVICE_OTP',
  'CERTIFICATE',
  'IA',
] as const;
export const USER_STATUSES = ['ACTIVE', 'DISABLED', 'LOCKED'] as const;
export const BIND_STATUSES = ['ENABLED', 'DISABLED'] as const;

export const credentialTypeEnum = enumType('CredentialTypeEnum', CREDENTIAL_TYPES);
export const userStatusEnum = enumType('UserStatusEnum', USER_STATUSES);
export const bindStatusEnum = enumType('BindStatusEnum', BIND_STATUSES);
export const credentialStatusType = textType('CredentialStatusType', { minLength: 1, maxLength: 50 });
export const friendlyNameType = textType('FriendlyNameType', { minLength: 1, maxLength: 125 });
export const clientVersionType = textType('ClientVersionType', {
  minLength: 1,
  maxLength: 10,
  pattern: '[0-9.]+',
});
export const clientTypeType = textType('ClientTypeType', { minLength: 1, maxLength: 20 });
export const otpType = textType('OtpType', { minLength: 6, maxLength: 10, pattern: '[0-9A-Za-z]+' });
export const pinType = textType('PinType', { minLength: 4, maxLength: 128 });
export const temporaryPasswordType = textType('TemporaryPasswordType', { pattern: '[0-9]{6}' });
export const authnIdType = textType('AuthnIdType', { minLength: 4, maxLength: 30 });
export const phoneNumberType = textType('PhoneNumberType', {
  pattern: '[0-9]{5,20}(x[0-9,#.*]{1,20})?',
});
export const smsFromType = textType('SmsFromType', { pattern: '[0-9]{3,20}' });
export const smsMessageTemplateType = textType('SmsMessageTemplateType', { minLength: 5, maxLength: 140 });
export const gatewayIdType = textType('GatewayIdType', { minLength: 1, maxLength: 15 });
export const gatewayPasswordType = textType('GatewayPasswordType', { minLength: 1, maxLength: 64 });

const IP_PART = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';

export const ipAddressType = textType('IpAddressType', { pattern: `(${IP_PART}\\.){3}${IP_PART}` });
export const userAgentType = textType('UserAgentType', { minLength: 1, maxLength: 250 });
export const iaAuthDataType = textType('IAAuthDataType', { minLength: 1, maxLength: 2000 });
export const eventIdType = textType('EventIdType', { minLength: 1, maxLength: 18, pattern: '[0-9]+' });
export const verifyMethodType = textType('VerifyMethodType', { minLength: 1, maxLength: 64 });
export const riskScoreType = integerType('RiskScoreType', { minimum: 0, maximum: 100 });
export const pushTransactionIdType = textType('PushTransactionIdType', {
  minLength: 4,
  maxLength: 16,
  pattern: '[0-9A-Za-z_]+',
});
export const keyType = textType('KeyType', { minLength: 1, maxLength: 125 });
export const valueType = textType('ValueType', { minLength: 0, maxLength: 250 });

export const formFactorType = textType('FormFactorType', { minLength: 1, maxLength: 64 });
export const movingFactorType = enumType('MovingFactorType', ['NONE', 'TIME', 'EVENT']);
export const otpGeneratedByType = enumType('OtpGeneratedByType', ['HARDWARE', 'SOFTWARE', 'SERVER']);
export const adapterType = enumType('AdapterType', [
  'OATH_EVENT_BASIC',
  'OATH_EVENT_ADVANCED_1',
  'OATH_EVENT_ADVANCED_2',
  'VASCO_TIME',
  'SERVER_OTP',
  'OATH_TIME',
  'SMS_OTP',
  'VOICE_OTP',
  'SECURID',
  'OCRA',
]);
export const tokenStatusType = enumType('TokenStatusType', [
  'NEW',
  'ENABLED',
  'DISABLED',
  'LOCKED',
  'INACTIVE',
  'UNKNOWN',
]);
export const tokenType = enumType('TokenType', ['SMS', 'Voice', 'Service']);
export const reasonType = enumType('ReasonType', [
  'Unspecified',
  'Stolen',
  'Lost',
  'Canceled',
  'Returned',
  'TemporarilyUnavailable',
  'Expired',
  'DeactivatedAsPerUnusedPolicy',
]);
