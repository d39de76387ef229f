import { complexType, one, optional, several, since } from '../schema/complex.js';
import { attributedType, boolean, dateTime, hexBinary, integer, string } from '../schema/simple.js';
import { bindingDetailType, keyValuePairType } from './objects.js';
import {
  adapterType,
  credentialIdType,
  credentialStatusType,
  credentialTypeEnum,
  formFactorType,
  movingFactorType,
  otpGeneratedByType,
  pushTransactionIdType,
  reasonType,
  tokenStatusType,
  tokenType,
  userIdType,
  userStatusEnum,
} from './simple-types.js';

// Dossier sections 3.11 to 3.16: the objects which only answers have.

export const tokenCategoryDetailsType = complexType('TokenCategoryDetailsType', {
  CategoryId: one(integer),
  FormFactor: one(formFactorType),
  MovingFactor: one(movingFactorType),
  OtpGeneratedBy: one(otpGeneratedByType),
});

const tokenIdType = attributedType('TokenIdType', { name: 'type', type: tokenType });

export const tokenInformationType = complexType('TokenInformationType', {
  TokenId: one(tokenIdType),
  TokenKind: optional(string),
  Adapter: one(adapterType),
  TokenStatus: one(tokenStatusType),
  ExpirationDate: one(dateTime),
  TempPasswordExpirationDate: optional(dateTime),
  TempPasswordOneTimeUse: optional(boolean),
  LastUpdate: one(dateTime),
  ServerOTPExpires: optional(integer),
  TokenGroupId: optional(string),
  Owner: optional(boolean),
  ReportedReason: optional(reasonType),
});

export const credentialBindingDetailType = complexType('CredentialBindingDetailType', {
  credentialId: one(credentialIdType),
  credentialType: one(credentialTypeEnum),
  credentialStatus: optional(credentialStatusType),
  tokenCategoryDetails: since(8, optional(tokenCategoryDetailsType)),
  tokenInfo: since(8, optional(tokenInformationType)),
  bindingDetail: one(bindingDetailType),
  pushAttributes: several(keyValuePairType, 0, 20),
});

export const userBindingDetailType = complexType('UserBindingDetailType', {
  userId: one(userIdType),
  userStatus: one(userStatusEnum),
  bindingDetail: one(bindingDetailType),
});

export const pushDetailType = complexType('PushDetailType', {
  pushCredentialId: one(string),
  pushSent: one(boolean),
});

export const pushTransactionStatusType = complexType('PushTransactionStatusType', {
  transactionId: one(pushTransactionIdType),
  status: one(hexBinary),
  statusMessage: one(string),
  detail: optional(hexBinary),
  detailMessage: optional(string),
  authnTime: optional(dateTime),
  credentialId: optional(credentialIdType),
  credentialType: optional(credentialTypeEnum),
  isPinExpired: optional(boolean),
  pinExpirationTime: optional(dateTime),
  deviceInfo: since(8, several(keyValuePairType, 0, 50)),
});
