/** Which user of which account. */
export interface UserRef {
  readonly userId: string;
  /** Null for our own account. */
  readonly onBehalfOfAccountId: string | null;
}

export function userRef(userId: string, onBehalfOfAccountId: string | null | undefined): UserRef {
  return { userId, onBehalfOfAccountId: onBehalfOfAccountId ?? null };
}

/** Both in one text. An account id holds no colon, so the first one parts them. */
export function userIdOf({ userId, onBehalfOfAccountId }: UserRef): string {
  return `${onBehalfOfAccountId ?? ''}:${userId}`;
}

/** The reverse; null for a text that is none. */
export function parseUserId(id: string): UserRef | null {
  const [, account, userId] = /^([0-9A-Za-z]*):(.+)$/s.exec(id) ?? [];
  return userId === undefined ? null : { userId, onBehalfOfAccountId: account || null };
}
