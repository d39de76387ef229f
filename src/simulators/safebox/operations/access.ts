import type { Box, Guest } from '../state/box.js';
import { findUserByEmail, findUserById, type Enterprise, type User } from '../state/directory.js';
import type { EnterpriseSettings } from '../state/enterprise-settings.js';
import { mayChange, maySee } from '../state/find-boxes.js';
import { settle } from '../state/lifecycle.js';
import type { Caller } from '../state/tokens.js';
import { accessDenied, notFound } from '../wire/refusal.js';
import type { ApiCall } from './call.js';

/** The SafeBox of the path, up to date. @throws Refusal when there is none or it is none of the caller's */
export function visibleBox({ service, caller, params }: ApiCall): Box {
  const box = service.world.boxes.get(params['guid'] ?? '');
  if (box === undefined) throw notFound();
  if (!maySee(caller, box)) throw accessDenied();
  settle(service, box);
  return box;
}

/** The same for what only the owner may do. @throws Refusal */
export function ownBox(call: ApiCall): Box {
  const box = visibleBox(call);
  if (!mayChange(call.caller, box)) throw accessDenied();
  return box;
}

export function ownerOf({ enterprise }: Caller, box: Box): User {
  const owner = findUserById(enterprise, box.ownerId);
  if (owner === undefined) throw new Error('a SafeBox without an owner');
  return owner;
}

/** The guest of the path. The owner is a participant too, but not to be changed. @throws Refusal */
export function guestOf({ params }: ApiCall, box: Box): Guest {
  const guest = box.guests.find(({ id }) => id === params['participant']);
  if (guest !== undefined) return guest;
  throw params['participant'] === String(box.ownerId) ? accessDenied() : notFound();
}

/** The caller's account, which must be that of the path. @throws Refusal */
export function ownEnterprise({ caller, params }: ApiCall): Enterprise {
  if (caller.enterprise.permalink !== params['enterprise']) throw accessDenied();
  return caller.enterprise;
}

/** The user of the path: the caller, or any of the account for an enterprise access token. @throws Refusal */
export function ownUser(call: ApiCall): User {
  const user = findUserById(ownEnterprise(call), Number(call.params['user']));
  if (call.caller.user !== undefined && user !== call.caller.user) throw accessDenied();
  if (user === undefined) throw notFound();
  return user;
}

/** The user a call is made for: the one of the email, else the caller. @throws Refusal */
export function actingUser({ enterprise, user }: Caller, email: string | undefined): User {
  const acting = email === undefined || email === '' ? user : findUserByEmail(enterprise, email);
  if (acting === undefined || (user !== undefined && acting !== user)) throw accessDenied();
  return acting;
}

export function settingsOf({ service, caller }: ApiCall): EnterpriseSettings {
  const settings = service.world.settings[caller.enterprise.permalink];
  if (settings === undefined) throw new Error('an account without settings');
  return settings;
}
