import type { HttpAnswer } from '../../kit/answer.js';
import { textAnswer } from '../../kit/answer.js';
import { ASSUMED } from '../assumptions.js';
import { GuardError } from '../guard-error.js';
import { addUserId as addUserIdTo } from '../pgp/add-user-id.js';
import { createKey as makeKey } from '../pgp/create-key.js';
import { armorOf, describeRing, KEY_TYPES, type KeyType } from '../pgp/describe-ring.js';
import { parseKeyId } from '../pgp/key-id.js';
import { unlockKey } from '../pgp/lock-key.js';
import { readArmoredKeys, readStoredKey } from '../pgp/read-keys.js';
import { REVOCATION_REASONS, revokeKey as revoke } from '../pgp/revoke-key.js';
import {
  addPrivateRing,
  addPublicRing,
  deleteRing,
  findRing,
  openRing,
  ringsOf,
  updateRing,
} from '../state/key-rings.js';
import type { Ring } from '../state/state.js';
import {
  EMPTY,
  readablePassword,
  requiredPassword,
  requireLength,
  sentPassword,
  type UserCall,
} from './call.js';

/** S07. */
export function hasKeys({ world, account, envelope }: UserCall): HttpAnswer {
  const rings = ringsOf(world, account);
  const hasPrivateKey = rings.some(({ armored }) => armored.includes('PRIVATE KEY'));
  return envelope.data({ hasPrivateKey, hasPublicKey: rings.length > 0 });
}

/** S08. */
export async function createKey(call: UserCall): Promise<HttpAnswer> {
  const { world, account, params } = call;
  const password = requireLength(readablePassword(call));
  const name = params.text('name');
  const resetAddress = params.find('email');
  const algorithm = world.newKeyAlgorithm;
  const key = await makeKey({ name, email: account.email, created: world.now(), algorithm });
  const ring = await addPrivateRing(world, account, key, password);
  if (resetAddress) account.secondaryEmail = resetAddress;
  return call.envelope.data(await describe(call, ring, 'public_private', true));
}

/** S09. */
export async function deleteKey(call: UserCall): Promise<HttpAnswer> {
  const { world, account } = call;
  const ring = await findRing(world, account, requiredKeyId(call));
  const key = await readStoredKey(ring.armored);
  if (key.isPrivate()) {
    if (account.noDeletePrivate) throw new GuardError('deletionNotAllowed');
    await openRing(world, account, ring, requiredPassword(call).text);
  }
  deleteRing(world, account, ring);
  return EMPTY;
}

/** S11: private halves as lists, without their armor. */
export async function getKeys(call: UserCall): Promise<HttpAnswer> {
  const rings = ringsOf(call.world, call.account);
  const keyRings = await Promise.all(rings.map((ring) => describe(call, ring, 'public_private', false)));
  return call.envelope.data({ keyRings });
}

/** S12. */
export async function getKey(call: UserCall): Promise<HttpAnswer> {
  const { ring, keyType } = await ringToShow(call);
  return call.envelope.data(await describe(call, ring, keyType, true));
}

/** S13. */
export async function downloadKey(call: UserCall): Promise<HttpAnswer> {
  const { ring, keyType } = await ringToShow(call);
  const answer = textAnswer(200, await armorOf(ring, keyType), ASSUMED.armorType);
  const disposition = `attachment; filename="${keyType}.asc"`;
  return { ...answer, headers: { ...answer.headers, 'content-disposition': disposition } };
}

/** S14. */
export async function uploadKeys(call: UserCall): Promise<HttpAnswer> {
  const { world, account, params } = call;
  const keys = await readArmoredKeys(params.file('key').toString('utf8'));
  const opened = await Promise.all(
    keys.map(async (key) => {
      if (!key.isPrivate()) return { key };
      const password = requireLength(params.text('newPassword'));
      const open = await unlockKey(key, params.find('keyPassword') ?? '');
      if (open === undefined) throw new GuardError('badPassword');
      return { key, open, password };
    }),
  );
  const keyRings: unknown[] = [];
  for (const { key, open, password } of opened) {
    const ring =
      open === undefined
        ? await addPublicRing(world, account, key)
        : await addPrivateRing(world, account, open, password);
    keyRings.push(await describe(call, ring, 'public_private', false));
  }
  return call.envelope.data({ keyRings });
}

/** S19: needs an open key, by way of a token in the session or a password. */
export async function addUserId(call: UserCall): Promise<HttpAnswer> {
  const { world, account, session, params } = call;
  const keyId = requiredKeyId(call);
  const name = params.text('name');
  const email = params.text('email');
  const ring = await findRing(world, account, keyId);
  const attached = world.tokens.attached(session.id, 'PGP');
  const token = attached === undefined ? undefined : world.tokens.find(attached.auth);
  const password = sentPassword(call)?.text ?? token?.password;
  if (password === undefined) throw new GuardError('noToken');
  const key = await openRing(world, account, ring, password);
  if (key.getKeyID().toHex() !== keyId) throw new GuardError('keyNotFound');
  await updateRing(ring, await addUserIdTo(key, name, email, world.now()), password);
  if (attached !== undefined) world.tokens.spend(attached.auth);
  return EMPTY;
}

/** S20. */
export async function revokeKey(call: UserCall): Promise<HttpAnswer> {
  const { world, account, params } = call;
  const keyId = requiredKeyId(call);
  const reason = params.oneOf('reason', REVOCATION_REASONS, 'no_reason');
  const password = readablePassword(call);
  const ring = await findRing(world, account, keyId);
  const key = await openRing(world, account, ring, password);
  await updateRing(ring, await revoke(key, keyId, reason, world.now()), password);
  return EMPTY;
}

/** @throws GuardError when there is no key id, or something else in its place. */
export function requiredKeyId({ params }: UserCall): string {
  const keyId = parseKeyId(params.text('keyid'));
  if (keyId === undefined) throw new GuardError('missingParameter', ['keyid']);
  return keyId;
}

async function ringToShow(call: UserCall): Promise<{ ring: Ring; keyType: KeyType }> {
  const { world, account, params } = call;
  const keyType = params.oneOf('keyType', KEY_TYPES, 'public_private');
  const ring = await findRing(world, account, params.find('keyid') ? requiredKeyId(call) : undefined);
  if (keyType !== 'public' && ring.armored.includes('PRIVATE KEY'))
    await openRing(world, account, ring, requiredPassword(call).text);
  return { ring, keyType };
}

function describe(
  { world, account }: UserCall,
  ring: Ring,
  keyType: KeyType,
  privateArmor: boolean,
): Promise<unknown> {
  return describeRing(ring, account.contextId, keyType, privateArmor, world.now());
}
