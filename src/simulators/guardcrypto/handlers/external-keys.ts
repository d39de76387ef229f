import type { HttpAnswer } from '../../kit/answer.js';
import { parseKeyId } from '../pgp/key-id.js';
import { readArmoredKeys, readStoredKey } from '../pgp/read-keys.js';
import { contactAddress } from '../state/contacts.js';
import {
  describeGuardKey,
  describeHeldKey,
  dropKey,
  findHeldKey,
  heldKeys,
  heldKeysFor,
  holdKey,
  type HeldKey,
} from '../state/external-keys.js';
import { currentRing, hasKey } from '../state/key-rings.js';
import { knownKeys } from '../state/known-keys.js';
import { describePublicRing } from '../pgp/describe-ring.js';
import { describeSignatures } from '../pgp/describe-signatures.js';
import { findRecipient, type Recipient } from '../state/recipients.js';
import { GuardError } from '../guard-error.js';
import { EMPTY, type UserCall } from './call.js';
import { requiredKeyId } from './keys.js';

const SOURCES = ['uploaded', 'autocrypt'] as const;

/** S10: what the user holds for a contact, and the contact's own key if the contact is a user too. */
export async function getContactKeys({ world, account, params, envelope }: UserCall): Promise<HttpAnswer> {
  const address = contactAddress(params.text('contactFolder'), params.text('contactID'));
  if (address === undefined) return envelope.data({ externalPublicKeyRings: [] });
  const contact = world.accountOf(address);
  const ring = contact === undefined ? undefined : currentRing(world, contact);
  const held = await heldKeysFor(world, account, address);
  const rings = await Promise.all([
    ...(ring === undefined ? [] : [describeGuardKey(await readStoredKey(ring.armored), world.now())]),
    ...held.map((key) => describeHeldKey(key, world.now())),
  ]);
  return envelope.data({ externalPublicKeyRings: rings });
}

/** S15. */
export async function uploadExternalPublicKey(call: UserCall): Promise<HttpAnswer> {
  const { world, account, params } = call;
  const keys = await readArmoredKeys(params.file('key').toString('utf8'));
  const held: HeldKey[] = [];
  for (const key of keys) held.push(await holdKey(world, account, key, 'uploaded', world.clock.now()));
  return list(call, held);
}

/** S16. */
export async function getExternalPublicKeys(call: UserCall): Promise<HttpAnswer> {
  return list(call, await heldKeys(call.world, call.account, source(call)));
}

/** S17. */
export async function inlineExternalPublicKey(call: UserCall): Promise<HttpAnswer> {
  const { world, account, params } = call;
  params.text('inline');
  const held = await findHeldKey(world, account, 'uploaded', ids(call));
  held.entry.inline = params.flag('inline');
  return EMPTY;
}

/** S18. */
export async function deleteExternalPublicKey(call: UserCall): Promise<HttpAnswer> {
  const { world, account } = call;
  dropKey(world, await findHeldKey(world, account, source(call), ids(call)));
  return EMPTY;
}

/** S21. */
export async function getRecipientKey({ world, account, params, envelope }: UserCall): Promise<HttpAnswer> {
  const create = params.flag('create');
  const email = params.find('email');
  const recipient = email
    ? await findRecipient(world, account, email, create)
    : await findById({ world, account }, params.text('keyid'));
  if (recipient === undefined) return envelope.data(null);
  const { key, guest, newKey, newCreated, source: keySource } = recipient;
  return envelope.data({
    ...(key === undefined ? {} : { publicRing: await describePublicRing(key, world.now()) }),
    guest,
    newKey,
    newCreated,
    ...(keySource === undefined ? {} : { keySource }),
  });
}

/** S22. */
export async function getSignatures(call: UserCall): Promise<HttpAnswer> {
  const { world, account, params, envelope } = call;
  const keyId = requiredKeyId(call);
  const known = await knownKeys(world, account);
  const ring = known.find((key) => hasKey(key, keyId));
  if (ring === undefined) throw new GuardError('keyNotFound');
  const signatures = await describeSignatures(ring, keyId, params.flag('subkeys'), known, world.now());
  return envelope.data({ signatures });
}

// Only users' own keys are found by id: what stands in directories is asked for by address.
async function findById(
  { world, account }: Pick<UserCall, 'world' | 'account'>,
  keyid: string,
): Promise<Recipient | undefined> {
  const keyId = parseKeyId(keyid);
  if (keyId === undefined) throw new GuardError('missingParameter', ['keyid']);
  for (const other of world.state.accounts) {
    const { key, ...recipient } = await findRecipient(world, account, other.email, false);
    if (key !== undefined && hasKey(key, keyId)) return { key, ...recipient };
  }
  return undefined;
}

async function list({ world, envelope }: UserCall, held: readonly HeldKey[]): Promise<HttpAnswer> {
  const rings = await Promise.all(held.map((key) => describeHeldKey(key, world.now())));
  return envelope.data({ externalPublicKeyRings: rings });
}

function source({ params }: UserCall): (typeof SOURCES)[number] {
  return params.oneOf('keyType', SOURCES, 'uploaded');
}

// The name before 8.x is understood too.
function ids({ params }: UserCall): string {
  return params.find('keyids') ?? params.text('ids');
}
