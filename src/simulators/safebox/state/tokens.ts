import { findEnterprise, type Enterprise, type User } from './directory.js';
import type { Service } from './service.js';

/** Whom a token speaks for. With an enterprise access token there is no user. */
export interface Caller {
  readonly enterprise: Enterprise;
  readonly user: User | undefined;
}

/** The device of a sign-in: the same one gets the same token. */
export interface Device {
  readonly id: string;
  readonly name: string;
  readonly applicationType: string;
}

/** The user's token on this device, made at the first sign-in. */
export function userToken(service: Service, enterprise: Enterprise, user: User, of: Device): string {
  const device = JSON.stringify([of.id, of.name, of.applicationType]);
  const { tokens } = service.world;
  const known = tokens.find(
    (entry) =>
      entry.enterprise === enterprise.permalink &&
      entry.username === user.username &&
      entry.device === device,
  );
  if (known !== undefined) return known.token;
  const token = `USER|${uuid(service)}`;
  tokens.push({ token, enterprise: enterprise.permalink, username: user.username, device });
  service.changed();
  return token;
}

/** The token an administrator makes in the portal; made when there is none. */
export function enterpriseToken(service: Service, enterprise: Enterprise): string {
  const { tokens } = service.world;
  const known = tokens.find((entry) => entry.enterprise === enterprise.permalink && entry.username === null);
  if (known !== undefined) return known.token;
  const token = uuid(service);
  tokens.push({ token, enterprise: enterprise.permalink, username: null, device: '' });
  service.changed();
  return token;
}

/** @returns undefined for a token that was never issued or is revoked. */
export function callerOf(service: Service, token: string | undefined): Caller | undefined {
  const found = service.world.tokens.find((entry) => entry.token === token);
  if (found === undefined) return undefined;
  const enterprise = findEnterprise(found.enterprise);
  if (enterprise === undefined) return undefined;
  if (found.username === null) return { enterprise, user: undefined };
  const user = enterprise.users.find(({ username }) => username === found.username);
  return user === undefined ? undefined : { enterprise, user };
}

/** @param username null for the enterprise access tokens. @returns how many are good no more. */
export function revokeTokens(service: Service, username: string | null): number {
  const { tokens } = service.world;
  const kept = tokens.filter((entry) => entry.username !== username);
  service.world.tokens = kept;
  service.changed();
  return tokens.length - kept.length;
}

function uuid({ random }: Service): string {
  const hex = random.bytes(16).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
