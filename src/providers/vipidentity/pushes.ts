import { credentialElements } from './credentials.js';
import { notUnderstood } from './errors.js';
import type { Invoke } from './invoke.js';
import type { CallOptions, CredentialKey, PushRequest, PushStatus, SentPush } from './model.js';
import { contextElement, pushElement } from './proof.js';
import { checkTexts, RULES } from './rules.js';
import { pollAnswer, pushAnswer, pushStatus } from './wire.js';

/** Most pushes one poll can ask for (dossier section 2.3.6). */
export const MAX_POLLED = 20;

/** Questions to phones (dossier sections 2.3.6 and 2.3.7). */
export interface PushOperations {
  pushUser(
    push: PushRequest & { readonly userId: string; readonly pin?: string | null | undefined },
    options?: CallOptions,
  ): Promise<SentPush>;
  pushCredentials(
    push: PushRequest & {
      readonly credentials: readonly CredentialKey[];
      /** Activates an inactive credential in the same step. */
      readonly activate?: boolean | null | undefined;
    },
    options?: CallOptions,
  ): Promise<SentPush>;
  /**
   * How far pushes have come, by transaction id; one the answer does not name is missing. The provider may tell the end
   * of a push only once (dossier section 5.1).
   * @param transactionIds 1 to `MAX_POLLED`
   */
  pollPushes(
    transactionIds: readonly string[],
    options?: CallOptions,
  ): Promise<ReadonlyMap<string, PushStatus>>;
}

export function pushOperations(invoke: Invoke): PushOperations {
  const push = async (
    operation: 'authenticateUserWithPush' | 'authenticateCredentials',
    request: object,
    options: CallOptions,
  ): Promise<SentPush> => {
    const answer = await invoke(operation, request, pushAnswer, options);
    if (answer.status !== '6040')
      throw notUnderstood(operation, 'the answer does not say that a push was sent');
    return {
      transactionId: answer.transactionId,
      targets: answer.pushDetail.map(({ pushCredentialId, pushSent }) => ({
        credentialId: pushCredentialId,
        sent: pushSent === 'true' || pushSent === '1',
      })),
      isPinExpired: answer.isPinExpired,
      pinExpiresAt: answer.pinExpirationTime,
    };
  };
  return {
    async pushUser({ userId, pin, ...wanted }, options = {}) {
      checkTexts(['userId', userId, RULES.userId], ['pin', pin, RULES.pin]);
      const authContext = contextElement(wanted.authContext);
      const request = { userId, pin, pushAuthData: pushElement(wanted), authContext };
      return push('authenticateUserWithPush', request, options);
    },
    async pushCredentials({ credentials, activate, ...wanted }, options = {}) {
      const request = {
        credentials: credentialElements(credentials),
        activate,
        pushAuthData: pushElement(wanted),
        authContext: contextElement(wanted.authContext),
      };
      return push('authenticateCredentials', request, options);
    },
    async pollPushes(transactionIds, options = {}) {
      checkTexts(...transactionIds.map((id) => ['transactionId', id, RULES.transactionId] as const));
      const request = { transactionId: transactionIds };
      const { transactionStatus } = await invoke('pollPushStatus', request, pollAnswer, options);
      return new Map(
        transactionStatus.flatMap((item) => {
          const status = toPushStatus(item);
          return status ? [[status.transactionId, status] as const] : [];
        }),
      );
    },
  };
}

function toPushStatus(item: unknown): PushStatus | undefined {
  const { data } = pushStatus.safeParse(item);
  return (
    data && {
      transactionId: data.transactionId,
      status: data.status,
      detail: data.detail,
      // The epoch stands for "unknown" (dossier section 3.15).
      answeredAt: data.authnTime === 0 ? null : data.authnTime,
      credentialId: data.credentialId,
      credentialType: data.credentialType,
      isPinExpired: data.isPinExpired,
      pinExpiresAt: data.pinExpirationTime,
      deviceInfo: data.deviceInfo,
    }
  );
}
