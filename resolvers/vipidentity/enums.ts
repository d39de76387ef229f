import { registerEnumType } from 'type-graphql';
import { invalidInput } from '../../src/provider-error.js';
import { CREDENTIAL_TYPES } from '../../src/providers/vipidentity/model.js';
import type { CredentialType } from '../../src/providers/vipidentity/model.js';
import { DETAILS, PUSH_STATUSES, STATUSES } from '../../src/providers/vipidentity/statuses.js';
import { describedEnum } from '../../src/subgraph/described-enum.js';

type Descriptions = Readonly<Record<string, string>>;

/** An enum whose values the provider decides: with UNKNOWN for those this graph does not know. */
function providerEnum(
  name: string,
  description: string,
  known: Descriptions,
): Readonly<Record<string, string>> {
  return describedEnum(name, description, {
    ...known,
    UNKNOWN: 'A value this graph does not know; see the raw value beside it.',
  });
}

function fromTable(
  table: Readonly<Record<string, readonly [name: string, description: string]>>,
): Descriptions {
  return Object.fromEntries(
    Object.entries(table).map(([code, [name, description]]) => [name, `${description} (${code})`]),
  );
}

/** The value of such an enum that stands for a raw value. */
export function knownOr(values: Readonly<Record<string, string>>, raw: string): string {
  return Object.hasOwn(values, raw) ? raw : 'UNKNOWN';
}

export const VipStatus = providerEnum(
  'VipStatus',
  'How a call to Symantec VIP went (status).',
  fromTable(STATUSES),
);
export const VipStatusDetail = providerEnum(
  'VipStatusDetail',
  'The finer code of a status (detail).',
  fromTable(DETAILS),
);
export const VipPushState = providerEnum(
  'VipPushState',
  'How far a push has come (transactionStatus/status). Grant access on APPROVED alone.',
  fromTable(PUSH_STATUSES),
);

export const VipUserStatus = providerEnum('VipUserStatus', 'Status of a user.', {
  ACTIVE: 'May authenticate.',
  DISABLED: 'Switched off by an administrator.',
  LOCKED: 'Locked after too many failures; setting it to ACTIVE unlocks.',
});

export const VipCredentialType = providerEnum(
  'VipCredentialType',
  'What kind of credential it is.',
  CREDENTIAL_TYPES,
);

export const VipCredentialStatus = providerEnum('VipCredentialStatus', 'Status of a credential.', {
  ENABLED: 'In use.',
  DISABLED: 'Switched off.',
  INACTIVE: 'Not activated, or bound to nobody.',
  LOCKED: 'Locked after too many wrong codes.',
  REVOKED: 'Of a certificate: revoked.',
  PROVISIONED: 'Of a certificate: issued.',
});

export const VipBindingStatus = providerEnum('VipBindingStatus', 'Status of a binding.', {
  ENABLED: 'In use.',
  DISABLED: 'Switched off.',
});

/** The two statuses a user can be given (dossier section 2.3.2). */
export const VipNewUserStatus = { ACTIVE: 'ACTIVE', DISABLED: 'DISABLED' } as const;

registerEnumType(VipNewUserStatus, {
  name: 'VipNewUserStatus',
  description: 'A status a user can be given.',
  valuesConfig: {
    ACTIVE: { description: 'May authenticate; unlocks a locked user.' },
    DISABLED: { description: 'Switched off.' },
  },
});

/** @throws ProviderError INVALID_INPUT for UNKNOWN, which cannot be asked for */
export function requireCredentialType(field: string, value: string): CredentialType {
  if (isCredentialType(value)) return value;
  throw invalidInput(field.split('.'), 'NOT_ALLOWED', `${field} must be a type that is known.`);
}

function isCredentialType(value: string): value is CredentialType {
  return Object.hasOwn(CREDENTIAL_TYPES, value);
}
