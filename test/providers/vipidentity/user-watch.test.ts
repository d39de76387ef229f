import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BoundCredential, UserInfo } from '../../../src/providers/vipidentity/model.js';
import { userWatch } from '../../../src/providers/vipidentity/user-watch.js';

const CREDENTIAL: BoundCredential = {
  credentialId: 'VSMT12345678',
  credentialType: 'STANDARD_OTP',
  status: 'ENABLED',
  binding: {
    status: 'ENABLED',
    friendlyName: 'phone',
    trustedDevice: false,
    clientVersion: '1',
    clientType: 'ANDROID',
    boundAt: 1_000,
    lastAuthenticatedAt: 2_000,
    lastAuthenticationId: 'a1',
  },
  pushAttributes: [{ key: 'PUSH_ENABLED', value: 'true' }],
  tokenCategory: { categoryId: '1', formFactor: 'MOBILE', movingFactor: 'TIME', otpGeneratedBy: 'DEVICE' },
  token: {
    tokenId: 'VSMT12345678',
    type: null,
    kind: null,
    adapter: 'OATH_TIME',
    status: 'ENABLED',
    expiresAt: 3_000,
    temporaryPasswordExpiresAt: null,
    temporaryPasswordOneTimeUse: null,
    updatedAt: 4_000,
    serverOtpExpires: 30,
    groupId: null,
    isOwner: true,
    reportedReason: null,
  },
};
const USER: UserInfo = {
  userId: 'ana',
  createdAt: 1_000,
  status: 'ACTIVE',
  bindingCount: 1,
  credentials: [CREDENTIAL],
  isPinSet: true,
  hasTemporaryPassword: false,
  pinExpiresAt: 5_000,
};

const other = (value: unknown): unknown =>
  typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : `${String(value)}x`;

/** Every state that differs from `state` in a single value, with where that is. */
function* variants(state: unknown, path = ''): Generator<readonly [path: string, state: unknown]> {
  if (Array.isArray(state)) {
    for (const [index, item] of state.entries())
      for (const [at, changed] of variants(item, `${path}.${index}`)) yield [at, state.with(index, changed)];
  } else if (typeof state === 'object' && state !== null) {
    for (const [key, item] of Object.entries(state))
      for (const [at, changed] of variants(item, `${path}.${key}`)) yield [at, { ...state, [key]: changed }];
  } else yield [path, other(state)];
}

test('whatever differs between two states of a user is named among the changes, and nothing when nothing does', () => {
  for (const [path, changed] of variants(USER)) {
    const changes = userWatch.describe(USER, changed as UserInfo);
    assert.ok(changes.length > 0, path);
  }
  assert.deepEqual(userWatch.describe(USER, structuredClone(USER)), []);
});

test('moments are told as such, and a list in another order is no change', () => {
  const later = { ...CREDENTIAL, binding: { ...CREDENTIAL.binding, boundAt: 9_000 } };
  assert.deepEqual(userWatch.describe(USER, { ...USER, credentials: [later] }), [
    {
      what: 'STANDARD_OTP VSMT12345678 boundAt',
      from: '1970-01-01T00:00:01.000Z',
      to: '1970-01-01T00:00:09.000Z',
    },
  ]);
  const second = { ...CREDENTIAL, credentialId: 'VSMT00000002' };
  assert.deepEqual(
    userWatch.describe(
      { ...USER, credentials: [CREDENTIAL, second] },
      { ...USER, credentials: [second, CREDENTIAL] },
    ),
    [],
  );
});
