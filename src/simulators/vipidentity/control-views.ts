import type { Account } from './state/account.js';
import { settlePushes } from './state/pushes.js';
import type { CredentialKey } from './state/records.js';
import type { PushStatus } from './statuses.js';
import { tokenKind } from './tokens/token-kinds.js';
import { base32 } from './tokens/totp.js';

/** A software token as the app has it. */
export interface TokenView {
  readonly credentialId: string;
  /** Base32, for any authenticator app: TOTP, SHA-1, 6 digits, 30 seconds. */
  readonly secret: string;
  /** The same as a QR code would say it. */
  readonly uri: string;
}

/** A push as the phone shows it. */
export interface PushView {
  readonly accountId: string;
  readonly transactionId: string;
  readonly userId: string | undefined;
  readonly credentials: readonly CredentialKey[];
  readonly displayParameters: readonly { readonly Key: string; readonly Value: string }[];
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly status: PushStatus;
}

export function tokenView(account: Account): TokenView[] {
  const tokens = account
    .credentials()
    .filter(({ credentialId }) => tokenKind(credentialId)?.codes === 'totp');
  return tokens.map(({ credentialId }) => {
    const secret = base32(account.world.tokens.secret(credentialId));
    return { credentialId, secret, uri: `otpauth://totp/VIP:${credentialId}?secret=${secret}&issuer=VIP` };
  });
}

export function pushView(account: Account): PushView[] {
  settlePushes(account);
  return [...account.pushes.values()].map((push) => ({
    accountId: account.plan.id,
    transactionId: push.transactionId,
    userId: push.userId,
    credentials: push.credentials,
    displayParameters: push.displayParameters,
    createdAt: new Date(push.createdAt).toISOString(),
    expiresAt: new Date(push.expiresAt).toISOString(),
    status: push.end?.status ?? '7001',
  }));
}
