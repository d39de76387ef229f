/** Which user of which account. */
export interface UserRef {
  readonly userId: string;
  /** Null for our own account. */
  readonly onBehalfOfAccountId: string | null;
}

export function userRef(userId: string, onBehalfOfAccountId: string | null | undefined): UserRef {
  return { userId, onBehalfOfAccountId: onBehalfOfAccountId ?? null };
}
