import { randomText } from '../../kit/random.js';
import { ASSUMED } from '../assumptions.js';
import type { Account } from './account.js';
import { noteAuthentication, takesPushes } from './bindings.js';
import { keyOf, type CredentialKey, type Push, type PushEnd } from './records.js';
import { scriptedEnd } from './triggers.js';

const LOWER_HEX = '0123456789abcdef';

type Pairs = readonly { readonly Key: string; readonly Value: string }[];

/** What is sent to phones. */
export interface PushOrder {
  readonly userId: string | undefined;
  readonly credentials: readonly CredentialKey[];
  readonly activate: boolean;
  readonly displayParameters: Pairs;
  readonly requestParameters: Pairs;
}

/** Sends a push; it ends as the user id says, or is still open when its time runs out. */
export function sendPush(account: Account, order: PushOrder): Push {
  const { stepMs } = account.world.settings;
  const createdAt = account.now();
  const push: Push = {
    transactionId: randomText(account.world.random, 16, LOWER_HEX),
    credentials: order.credentials.map(keyOf),
    activate: order.activate,
    displayParameters: [...order.displayParameters],
    createdAt,
    expiresAt: createdAt + timeoutMs(order.requestParameters),
  };
  if (order.userId !== undefined) push.userId = order.userId;
  const status = order.userId === undefined ? undefined : scriptedEnd(order.userId);
  if (status !== undefined && stepMs > 0)
    push.script = { at: createdAt + ASSUMED.pushSteps * stepMs, status };
  account.pushes.set(push.transactionId, push);
  return push;
}

/** Ends every push that ended by itself since the last call, and forgets those that cannot be read any more. */
export function settlePushes(account: Account): void {
  const now = account.now();
  for (const push of account.pushes.values()) {
    const { script, expiresAt } = push;
    if (push.end === undefined && script !== undefined && script.at <= Math.min(now, expiresAt - 1))
      endPush(account, push, { at: script.at, status: script.status, deviceInfo: [] });
    if (push.end === undefined && expiresAt <= now)
      push.end = { at: expiresAt, status: '7004', deviceInfo: [] };
    if (push.end !== undefined && push.end.at + ASSUMED.pushRetentionMs <= now)
      account.pushes.delete(push.transactionId);
  }
}

/** Ends an open push; without a named credential, the first one it was sent to answered. */
export function endPush(account: Account, push: Push, end: PushEnd): void {
  const answered = end.status === '7000' || end.status === '7002';
  const credential = answered ? (end.credential ?? push.credentials[0]) : undefined;
  push.end = credential === undefined ? end : { ...end, credential };
  if (end.status !== '7000' || credential === undefined) return;
  noteAuthentication(
    account,
    push.userId === undefined ? undefined : account.findUser(push.userId),
    credential,
  );
  const active = account.findCredential(credential);
  if (push.activate && active?.status === 'INACTIVE') account.setCredentialStatus(active, 'ENABLED');
}

/** Whether a credential can get one: it is enabled, or shall become so. */
export function canBePushed(account: Account, key: CredentialKey, activate = false): boolean {
  const status = account.findCredential(key)?.status;
  return takesPushes(key) && (status === 'ENABLED' || (activate && status === 'INACTIVE'));
}

function timeoutMs(parameters: Pairs): number {
  const wanted = parameters.find(({ Key }) => Key === 'request.timeout')?.Value ?? '';
  return /^[1-9]\d{0,5}$/.test(wanted) ? Number(wanted) * 1000 : ASSUMED.pushTimeoutMs;
}
