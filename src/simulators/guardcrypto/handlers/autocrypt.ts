import type { HttpAnswer } from '../../kit/answer.js';
import { GuardError } from '../guard-error.js';
import { readAutocryptHeader } from '../pgp/autocrypt.js';
import { addresses, keyFacts } from '../pgp/key-facts.js';
import { heldKeys, holdKey, type HeldKey } from '../state/external-keys.js';
import type { UserCall } from './call.js';

/** S23. A key takes the place of an older one of its address only when its mail is later. */
export async function importAutocryptHeader(call: UserCall): Promise<HttpAnswer> {
  const { world, account, params, envelope } = call;
  const confirmed = params.flag('confirmed');
  const add = params.flag('add') || confirmed;
  const { address, key } = await readAutocryptHeader(params.text('header'));
  const sentAt = Math.min(sentDate(params.text('sent_date')), world.clock.now());
  const known = (await heldKeys(world, account, 'autocrypt')).filter((held) =>
    addresses(held.key).includes(address),
  );
  const isNew = known.length === 0;
  const later = known.every(({ entry }) => sentAt > entry.lastSeenAt);
  if (add && later) {
    const held = await holdKey(world, account, key, 'autocrypt', sentAt);
    if (confirmed) held.entry.verified = true;
    retire(call, known, held);
  }
  return envelope.data({ added: add && later, keys: await keyFacts(key, world.now()), new: isNew });
}

/** S24. */
export async function verifyAutocryptKey({
  world,
  account,
  params,
  envelope,
}: UserCall): Promise<HttpAnswer> {
  const fingerprint = (params.find('keyids') ?? params.text('ids')).replace(/\s+/g, '').toLowerCase();
  params.text('verified');
  const held = (await heldKeys(world, account, 'autocrypt')).find(
    ({ key }) => key.getFingerprint() === fingerprint,
  );
  if (held === undefined) throw new GuardError('keyNotFound');
  held.entry.verified = params.flag('verified');
  return envelope.data({ added: false, keys: await keyFacts(held.key, world.now()), new: false });
}

function retire({ world }: UserCall, known: readonly HeldKey[], by: HeldKey): void {
  const old = new Set(known.map(({ entry }) => entry).filter((entry) => entry !== by.entry));
  world.state.externalKeys = world.state.externalKeys.filter((entry) => !old.has(entry));
}

function sentDate(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new GuardError('missingParameter', ['sent_date']);
  return Number(text);
}
