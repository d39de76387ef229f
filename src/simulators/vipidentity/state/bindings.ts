import { randomText } from '../../kit/random.js';
import { ASSUMED } from '../assumptions.js';
import { Refusal } from '../statuses.js';
import { tokenKind } from '../tokens/token-kinds.js';
import { findBinding, type Account } from './account.js';
import { keyOf, type Binding, type Credential, type CredentialKey, type User } from './records.js';

const UPPER_HEX = '0123456789ABCDEF';

/** What a caller may say about a new binding. */
export interface BindingWishes {
  readonly friendlyName?: string | undefined;
  readonly trustedDevice?: boolean | undefined;
}

/** @throws Refusal 6026 when the credential is this user's already, 6011 when they have too many */
export function checkBindable(user: User, credential: CredentialKey): void {
  if (findBinding(user, credential) !== undefined) throw new Refusal('6026');
  const counted = user.bindings.filter(({ credentialType }) => credentialType !== 'IA').length;
  if (credential.credentialType !== 'IA' && counted >= ASSUMED.bindingLimit) throw new Refusal('6011');
}

/** Binds a credential, which becomes active. @throws Refusal like `checkBindable` */
export function bind(account: Account, user: User, credential: Credential, wishes: BindingWishes): void {
  checkBindable(user, credential);
  const binding: Binding = { ...keyOf(credential), status: 'ENABLED', boundAt: account.now() };
  if (wishes.friendlyName !== undefined) binding.friendlyName = wishes.friendlyName;
  if (wishes.trustedDevice !== undefined) binding.trustedDevice = wishes.trustedDevice;
  user.bindings.push(binding);
  if (credential.status === 'INACTIVE') account.setCredentialStatus(credential, 'ENABLED');
}

/** Takes a credential from its user; when it is nobody's then, it becomes inactive. */
export function unbind(account: Account, user: User, binding: Binding): void {
  user.bindings = user.bindings.filter((other) => other !== binding);
  account.deactivateOrphan(binding);
}

/** The user's credentials which are enabled on both sides. */
export function enabledCredentials(account: Account, user: User): Credential[] {
  return user.bindings.flatMap((binding) => {
    const credential = account.findCredential(binding);
    return binding.status === 'ENABLED' && credential?.status === 'ENABLED' ? [credential] : [];
  });
}

/** Remembers that a credential was used; the answer is the id of that use. */
export function noteAuthentication(account: Account, user: User | undefined, key: CredentialKey): string {
  const authnId = newAuthnId(account);
  const binding = user === undefined ? undefined : findBinding(user, key);
  if (binding !== undefined) {
    binding.lastAuthnAt = account.now();
    binding.lastAuthnId = authnId;
  }
  return authnId;
}

export function newAuthnId(account: Account): string {
  return randomText(account.world.random, 16, UPPER_HEX);
}

/** Whether a push can reach it. */
export function takesPushes({ credentialType, credentialId }: CredentialKey): boolean {
  return credentialType === 'STANDARD_OTP' && tokenKind(credentialId)?.push === true;
}
