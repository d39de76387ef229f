import { complexType, one, optional, several } from '../schema/complex.js';
import { boolean, dateTime, language } from '../schema/simple.js';
import {
  bindStatusEnum,
  authnIdType,
  clientTypeType,
  clientVersionType,
  credentialIdType,
  credentialTypeEnum,
  friendlyNameType,
  gatewayIdType,
  gatewayPasswordType,
  keyType,
  otpType,
  phoneNumberType,
  smsFromType,
  smsMessageTemplateType,
  valueType,
} from './simple-types.js';

// Dossier sections 3.2 to 3.10: the objects which several messages share.

export const keyValuePairType = complexType('KeyValuePairType', { Key: one(keyType), Value: one(valueType) });

export const authContextType = complexType('AuthContext', { params: several(keyValuePairType, 0, 20) });

export const otpAuthDataType = complexType('OtpAuthDataType', { otp: one(otpType), otp2: optional(otpType) });

export const pushAuthDataType = complexType('PushAuthDataType', {
  displayParameters: several(keyValuePairType, 0, 20),
  requestParameters: several(keyValuePairType, 0, 20),
});

export const credentialDefinitionType = complexType('CredentialDefinitionType', {
  credentialId: one(credentialIdType),
  credentialType: one(credentialTypeEnum),
});

export const credentialDetailType = complexType('CredentialDetailType', {
  credentialId: one(credentialIdType),
  credentialType: one(credentialTypeEnum),
  friendlyName: optional(friendlyNameType),
  trustedDevice: optional(boolean),
});

const gatewayAcctInfoType = complexType('GatewayAcctInfoType', {
  Id: one(gatewayIdType),
  Password: one(gatewayPasswordType),
});

export const smsDeliveryInfoType = complexType('SmsDeliveryInfoType', {
  phoneNumber: one(phoneNumberType),
  smsFrom: optional(smsFromType),
  messageTemplate: optional(smsMessageTemplateType),
  gatewayAcctInfo: optional(gatewayAcctInfoType),
});

export const voiceDeliveryInfoType = complexType('VoiceDeliveryInfoType', {
  phoneNumber: one(phoneNumberType),
  Language: optional(language),
});

export const serviceOtpDeliveryInfoType = complexType('ServiceOtpDeliveryInfoType', {
  id: one(credentialIdType),
});

export const temporaryPasswordAttributesType = complexType('TemporaryPasswordAttributesType', {
  expirationTime: optional(dateTime),
  oneTimeUseOnly: optional(boolean),
});

export const bindingDetailType = complexType('BindingDetailType', {
  bindStatus: one(bindStatusEnum),
  friendlyName: optional(friendlyNameType),
  trustedDevice: optional(boolean),
  clientVersion: optional(clientVersionType),
  clientType: optional(clientTypeType),
  lastBindTime: one(dateTime),
  lastAuthnTime: optional(dateTime),
  lastAuthnId: optional(authnIdType),
});
