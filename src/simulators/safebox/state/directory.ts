import { ACME_PROFILES, GLOBEX_PROFILES } from './profiles.js';
import type { SecurityProfile } from './security-options.js';

export interface User {
  readonly id: number;
  readonly username: string;
  readonly password: string;
  /** Wanted at every sign-in when present. */
  readonly oneTimePassword?: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  /** The profiles offered to this user. */
  readonly profileIds: readonly number[];
  /** Path segment of the personal secure link. */
  readonly secureLink: string;
}

export interface ConsentGroup {
  readonly id: number;
  readonly name: string;
  /** Text by locale. */
  readonly messages: Readonly<Record<string, string>>;
}

/** One account at the provider. What can change is in the world; this stays as it is. */
export interface Enterprise {
  readonly id: number;
  readonly permalink: string;
  readonly users: readonly User[];
  readonly profiles: readonly SecurityProfile[];
  readonly consentGroups: readonly ConsentGroup[];
}

/** When enterprises, users, profiles and consent groups were made. */
export const SEEDED_AT = Date.UTC(2026, 0, 5, 9);

export const ADA: User = {
  id: 123,
  username: 'ada',
  password: 'ada-demo-password',
  email: 'ada@acme.example',
  firstName: 'Ada',
  lastName: 'Lovelace',
  profileIds: [10, 11, 12],
  secureLink: '612328d944b842c68418375ffdc87b3f',
};

/** Signs in with a one-time password, and is not offered the account's default profile. */
export const OTTO: User = {
  id: 124,
  username: 'otto',
  password: 'otto-demo-password',
  oneTimePassword: '000000',
  email: 'otto@acme.example',
  firstName: 'Otto',
  lastName: 'Hahn',
  profileIds: [11, 12],
  secureLink: '7f5b1a6e0d3c4e29b8a1c2d3e4f50617',
};

/** The account people and tests work in. */
export const ACME: Enterprise = {
  id: 1,
  permalink: 'acme',
  users: [ADA, OTTO],
  profiles: ACME_PROFILES,
  consentGroups: [
    {
      id: 1,
      name: 'Default',
      messages: {
        en: 'I accept that my reply is kept for thirty days.',
        fr: "J'accepte que ma réponse soit conservée trente jours.",
      },
    },
  ],
};

/** Another account, with no default profile, to show that accounts are kept apart. */
const GLOBEX: Enterprise = {
  id: 2,
  permalink: 'globex',
  users: [
    {
      id: 201,
      username: 'eve',
      password: 'eve-demo-password',
      email: 'eve@globex.example',
      firstName: 'Eve',
      lastName: 'Curie',
      profileIds: [20],
      secureLink: '0a9b8c7d6e5f40312213041526374859',
    },
  ],
  profiles: GLOBEX_PROFILES,
  consentGroups: [],
};

const ENTERPRISES: readonly Enterprise[] = [ACME, GLOBEX];

export function findEnterprise(permalink: string): Enterprise | undefined {
  return ENTERPRISES.find((enterprise) => enterprise.permalink === permalink);
}

export function findUserById(enterprise: Enterprise, id: number): User | undefined {
  return enterprise.users.find((user) => user.id === id);
}

/** Emails are compared without regard to case. */
export function findUserByEmail(enterprise: Enterprise, email: string): User | undefined {
  return enterprise.users.find((user) => sameEmail(user.email, email));
}

export function sameEmail(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
