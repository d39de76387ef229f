import { checkAll } from '../../check-all.js';
import { ProviderError } from '../../provider-error.js';
import { parseOptional, parseWire } from '../kit/parse.js';
import { credentialElements, requireNamed } from './credentials.js';
import { notUnderstood, sourceOf } from './errors.js';
import type { Invoke } from './invoke.js';
import type { CallOptions, CredentialKey, PushRequest, PushStatus, SentPush } from './model.js';
import { contextElement, pushElement } from './proof.js';
import { checkTexts, RULES } from './rules.js';
import { pairs, pollAnswer, pushAnswer, pushDetail, pushStatus } from './wire.js';

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
      throw notUnderstood(operation, 'the answer does not say that a push was sent', answer.status);
    const targets = parseOptional(pushDetail, answer.pushDetail, sourceOf(operation)) ?? [];
    return {
      transactionId: answer.transactionId,
      targets: targets.map(({ pushCredentialId, pushSent }) => ({
        credentialId: pushCredentialId,
        sent: pushSent === 'true' || pushSent === '1',
      })),
      numbersChallenge: answer.numbersChallengeValue,
      isPinExpired: answer.isPinExpired,
      pinExpiresAt: answer.pinExpirationTime,
    };
  };
  return {
    async pushUser({ userId, pin, ...wanted }, options = {}) {
      const [, pushAuthData, authContext] = checkAll([
        () => checkTexts(['userId', userId, RULES.userId], ['pin', pin, RULES.pin]),
        () => pushElement(wanted),
        () => contextElement(wanted.authContext),
      ]);
      const request = { userId, pin, pushAuthData, authContext };
      return push('authenticateUserWithPush', request, options);
    },
    async pushCredentials({ credentials, activate, ...wanted }, options = {}) {
      const [elements, pushAuthData, authContext] = checkAll([
        () => credentialElements(credentials),
        () => pushElement(wanted),
        () => contextElement(wanted.authContext),
      ]);
      const request = { credentials: elements, activate, pushAuthData, authContext };
      const sent = await push('authenticateCredentials', request, options);
      for (const target of sent.targets) requireNamed('authenticateCredentials', credentials, target);
      return sent;
    },
    async pollPushes(transactionIds, options = {}) {
      checkTexts(...transactionIds.map((id) => ['transactionId', id, RULES.transactionId] as const));
      const request = { transactionId: transactionIds };
      const { transactionStatus } = await invoke('pollPushStatus', request, pollAnswer, options);
      return unambiguous(transactionIds, transactionStatus.flatMap(toPushStatus));
    },
  };
}

/** One status per push that was asked for: of two the provider means one at the most, and which cannot be told. */
function unambiguous(asked: readonly string[], told: readonly PushStatus[]): ReadonlyMap<string, PushStatus> {
  const found = new Map(told.map((status) => [status.transactionId, status]));
  for (const id of found.keys()) {
    const isOne = told.filter(({ transactionId }) => transactionId === id).length === 1;
    if (isOne && asked.includes(id)) continue;
    found.delete(id);
    // Made to be told: the others stand.
    notUnderstood('pollPushStatus', isOne ? 'a push that was not asked for' : 'two statuses of one push');
  }
  return found;
}

function toPushStatus(item: unknown): PushStatus[] {
  const source = sourceOf('pollPushStatus');
  try {
    const { authnTime, pinExpirationTime, deviceInfo, ...status } = parseWire(pushStatus, item, source);
    return [
      {
        ...status,
        // The epoch stands for "unknown" (dossier section 3.15).
        answeredAt: authnTime === 0 ? null : authnTime,
        pinExpiresAt: pinExpirationTime,
        deviceInfo: parseOptional(pairs, deviceInfo, source) ?? [],
      },
    ];
  } catch (error) {
    // It was told when it was made.
    if (error instanceof ProviderError) return [];
    throw error;
  }
}
