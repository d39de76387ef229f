import type { CredentialKey } from '../../src/providers/vipidentity/model.js';
import type { RingKind, RungPerson } from '../../src/subgraph/rings.js';

/** The user of that id is rung. */
export function userRung(kind: RingKind, userId: string): RungPerson {
  return { kind, subject: ['vipidentity', 'user', userId.toLowerCase()], path: ['userId'] };
}

/** Whoever holds these credentials is asked. */
export function holdersRung(keys: readonly CredentialKey[]): readonly RungPerson[] {
  return keys.map(({ credentialType, credentialId }, index) => ({
    kind: 'ask' as const,
    subject: ['vipidentity', credentialType, credentialId.toLowerCase()],
    path: ['credentials', String(index)],
  }));
}

/** A code goes to the telephone that is given, if one is: by SMS, or spoken. */
export function phoneRung({
  sms,
  voice,
}: {
  readonly sms?: { readonly phoneNumber: string } | null | undefined;
  readonly voice?: { readonly phoneNumber: string } | null | undefined;
}): readonly RungPerson[] {
  const given = sms ?? voice;
  if (!given) return [];
  // Pauses and an extension lead to the same telephone.
  const subject = ['telephone', /^\d*/.exec(given.phoneNumber)?.[0] ?? ''];
  return [{ kind: 'code', subject, path: [sms ? 'sms' : 'voice', 'phoneNumber'] }];
}
