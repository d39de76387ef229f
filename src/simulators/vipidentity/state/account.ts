import type { AccountPlan } from '../accounts.js';
import { Refusal } from '../statuses.js';
import { tokenKind } from '../tokens/token-kinds.js';
import {
  keyOf,
  nameOf,
  type Binding,
  type Credential,
  type CredentialKey,
  type CredentialStatus,
  type Push,
  type AccountRecord,
  type User,
} from './records.js';
import type { Surroundings } from './surroundings.js';

/** One customer of the provider and all that is theirs. */
export class Account {
  /** By transaction id. */
  readonly pushes: Map<string, Push>;
  readonly #users: Map<string, User>;
  readonly #credentials: Map<string, Credential>;

  /** @param record is changed in place. */
  constructor(
    readonly plan: AccountPlan,
    { users, credentials, pushes }: AccountRecord,
    readonly world: Surroundings,
  ) {
    this.pushes = pushes;
    this.#users = users;
    this.#credentials = credentials;
  }

  now(): number {
    return this.world.now();
  }

  users(): User[] {
    return [...this.#users.values()];
  }

  credentials(): Credential[] {
    return [...this.#credentials.values()];
  }

  findUser(userId: string): User | undefined {
    return this.#users.get(userId.toLowerCase());
  }

  /** @throws Refusal 6003 */
  user(userId: string): User {
    const user = this.findUser(userId);
    if (user === undefined) throw new Refusal('6003');
    return user;
  }

  /** @throws Refusal 6003, 601B unless the user is active */
  activeUser(userId: string): User {
    const user = this.user(userId);
    if (user.status !== 'ACTIVE') throw new Refusal('601B');
    return user;
  }

  /** @throws Refusal 6002 */
  addUser(userId: string): User {
    if (this.findUser(userId) !== undefined) throw new Refusal('6002');
    const user: User = {
      userId,
      status: 'ACTIVE',
      createdAt: this.now(),
      wrongCodes: 0,
      bindings: [],
      riskEvents: [],
    };
    this.#users.set(userId.toLowerCase(), user);
    return user;
  }

  /** @throws Refusal 6002 when somebody else has the new id */
  renameUser(user: User, userId: string): void {
    const holder = this.findUser(userId);
    if (holder !== undefined && holder !== user) throw new Refusal('6002');
    this.#users.delete(user.userId.toLowerCase());
    user.userId = userId;
    this.#users.set(userId.toLowerCase(), user);
  }

  removeUser(user: User): void {
    this.#users.delete(user.userId.toLowerCase());
    for (const binding of user.bindings) this.deactivateOrphan(binding);
  }

  /** A token which the provider made exists, inactive, before anybody mentions it. */
  findCredential(key: CredentialKey): Credential | undefined {
    const found = this.#credentials.get(nameOf(key));
    if (found !== undefined) return found;
    if (key.credentialType !== 'STANDARD_OTP' || tokenKind(key.credentialId) === undefined) return undefined;
    return this.addCredential(key, 'INACTIVE');
  }

  /** @throws Refusal 6004 when there is none; 6006 when there is one of another type */
  credential(key: CredentialKey): Credential {
    const found = this.findCredential(key);
    if (found !== undefined) return found;
    const namesake = this.credentials().some(({ credentialId }) => credentialId === key.credentialId);
    throw new Refusal(namesake ? '6006' : '6004');
  }

  addCredential(key: CredentialKey, status: CredentialStatus): Credential {
    const credential: Credential = { ...keyOf(key), status, updatedAt: this.now(), wrongCodes: 0 };
    this.#credentials.set(nameOf(credential), credential);
    return credential;
  }

  setCredentialStatus(credential: Credential, status: CredentialStatus): void {
    credential.status = status;
    credential.updatedAt = this.now();
    credential.wrongCodes = 0;
  }

  usersBoundTo(key: CredentialKey): User[] {
    return this.users().filter((user) => findBinding(user, key) !== undefined);
  }

  deactivateOrphan(key: CredentialKey): void {
    const credential = this.#credentials.get(nameOf(key));
    if (credential === undefined || this.usersBoundTo(key).length > 0) return;
    this.setCredentialStatus(credential, 'INACTIVE');
  }
}

export function findBinding(user: User, key: CredentialKey): Binding | undefined {
  return user.bindings.find((binding) => nameOf(binding) === nameOf(key));
}

/** @throws Refusal 6007 */
export function requireBinding(user: User, key: CredentialKey): Binding {
  const binding = findBinding(user, key);
  if (binding === undefined) throw new Refusal('6007');
  return binding;
}
