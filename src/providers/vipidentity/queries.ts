import { nameKey } from '../../same-name.js';
import type { z } from 'zod';
import { isWhole } from '../kit/odd-parts.js';
import { requireAsked } from '../kit/parse.js';
import { requireNamed } from './credentials.js';
import { notUnderstood, sourceOf } from './errors.js';
import type { Invoke } from './invoke.js';
import type {
  Binding,
  BoundCredential,
  CallOptions,
  CredentialInfo,
  CredentialKey,
  UserInfo,
} from './model.js';
import { checkTexts, RULES } from './rules.js';
import { credentialAnswer, serverTimeAnswer, userAnswer } from './wire.js';

export interface UserDetails {
  /** Remembered devices too. Default true. */
  readonly rememberedDevices?: boolean;
  /** Default true. */
  readonly pushAttributes?: boolean;
  /** Version 1.8 alone; left out below it. Default false. */
  readonly tokenInfo?: boolean;
}

/** What can be read (dossier section 2.3.6). */
export interface QueryOperations {
  /** Milliseconds since the epoch, by the provider's clock. */
  getServerTime(options?: CallOptions): Promise<number>;
  getUser(userId: string, details?: UserDetails, options?: CallOptions): Promise<UserInfo>;
  getCredential(
    key: CredentialKey,
    details?: Pick<UserDetails, 'pushAttributes'>,
    options?: CallOptions,
  ): Promise<CredentialInfo>;
}

/** @param version the minor version of the query service: 8 of `_1_8` */
export function queryOperations(invoke: Invoke, version: number): QueryOperations {
  return {
    async getServerTime(options = {}) {
      const { timestamp } = await invoke('getServerTime', {}, serverTimeAnswer, options);
      if (timestamp === null) throw notUnderstood('getServerTime', 'the answer has no time');
      return timestamp;
    },
    async getUser(userId, details = {}, options = {}) {
      checkTexts(['userId', userId, RULES.userId]);
      const { rememberedDevices = true, pushAttributes = true, tokenInfo = false } = details;
      const request = {
        userId,
        iaInfo: rememberedDevices,
        includePushAttributes: pushAttributes,
        includeTokenInfo: tokenInfo && version >= 8 ? true : undefined,
      };
      const answer = await invoke('getUserInfo', request, userAnswer, options);
      if (answer.userStatus === null) throw notUnderstood('getUserInfo', 'the answer has no status');
      requireAsked(sourceOf('getUserInfo'), nameKey(userId), nameKey(answer.userId ?? userId));
      return {
        userId: answer.userId ?? userId,
        createdAt: answer.userCreationTime,
        status: answer.userStatus,
        bindingCount: answer.numBindings ?? answer.credentialBindingDetail.length,
        ...(!isWhole(answer.credentialBindingDetail) && { isPart: true }),
        credentials: answer.credentialBindingDetail.map(toBoundCredential),
        // The service leaves them out rather than saying no.
        isPinSet: answer.isPinSet ?? false,
        hasTemporaryPassword: answer.isTempPasswordSet ?? false,
        pinExpiresAt: answer.pinExpirationTime,
      };
    },
    async getCredential({ credentialId, credentialType }, { pushAttributes = true } = {}, options = {}) {
      checkTexts(['credentialId', credentialId, RULES.credentialId]);
      const request = { credentialId, credentialType, includePushAttributes: pushAttributes };
      const answer = await invoke('getCredentialInfo', request, credentialAnswer, options);
      requireNamed('getCredentialInfo', [{ credentialId, credentialType }], answer);
      if (answer.credentialStatus === null && answer.credentialId === null)
        throw notUnderstood('getCredentialInfo', 'the answer says nothing of the credential');
      return {
        credentialId: answer.credentialId ?? credentialId,
        credentialType: answer.credentialType ?? credentialType,
        status: answer.credentialStatus,
        bindingCount: answer.numBindings ?? answer.userBindingDetail.length,
        pushAttributes: answer.pushAttributes,
        users: answer.userBindingDetail.map(({ userId, userStatus, bindingDetail }) => ({
          userId,
          status: userStatus,
          binding: toBinding(bindingDetail),
        })),
      };
    },
  };
}

type WireCredential = z.infer<typeof userAnswer>['credentialBindingDetail'][number];

function toBoundCredential(wire: WireCredential): BoundCredential {
  const { credentialId, credentialType, credentialStatus, bindingDetail, pushAttributes } = wire;
  const { tokenCategoryDetails: category, tokenInfo: token } = wire;
  return {
    credentialId,
    credentialType,
    status: credentialStatus,
    binding: toBinding(bindingDetail),
    pushAttributes,
    tokenCategory: category && {
      categoryId: category.CategoryId,
      formFactor: category.FormFactor,
      movingFactor: category.MovingFactor,
      otpGeneratedBy: category.OtpGeneratedBy,
    },
    token: token && {
      tokenId: token.TokenId.id,
      type: token.TokenId.type,
      kind: token.TokenKind,
      adapter: token.Adapter,
      status: token.TokenStatus,
      expiresAt: token.ExpirationDate,
      temporaryPasswordExpiresAt: token.TempPasswordExpirationDate,
      temporaryPasswordOneTimeUse: token.TempPasswordOneTimeUse,
      updatedAt: token.LastUpdate,
      serverOtpExpires: token.ServerOTPExpires,
      groupId: token.TokenGroupId,
      isOwner: token.Owner,
      reportedReason: token.ReportedReason,
    },
  };
}

function toBinding(wire: WireCredential['bindingDetail']): Binding {
  return {
    status: wire.bindStatus,
    friendlyName: wire.friendlyName,
    trustedDevice: wire.trustedDevice,
    clientVersion: wire.clientVersion,
    clientType: wire.clientType,
    boundAt: wire.lastBindTime,
    lastAuthenticatedAt: wire.lastAuthnTime,
    lastAuthenticationId: wire.lastAuthnId,
  };
}
