import { storeKey, type KeyOrder } from '../state/keys.js';
import { sealPacket } from '../state/packets.js';
import type { World } from '../state/world.js';
import { ok, text } from '../wire/answers.js';
import {
  batchSchema,
  packetOrPacketsSchema,
  packetSchema,
  policyOf,
  type KeyPolicy,
} from '../wire/packet-request.js';
import { readJson } from '../wire/request-body.js';
import { writing, type AuthorizedCall } from './call.js';

function orderOf({ token }: AuthorizedCall, policy: KeyPolicy, key: string): KeyOrder {
  return { ...policy, key, owner: token.subjects[0] ?? '', teamId: token.teamId };
}

function storeAll(world: World, orders: readonly KeyOrder[]) {
  // Secret keys as member names: so the provider does it.
  return ok({ tokens: orders.map((order) => ({ [order.key]: storeKey(world, order).locator })) });
}

async function createPacket(call: AuthorizedCall) {
  const packet = await readJson(call.request, packetSchema);
  return text(sealPacket(call.world, orderOf(call, policyOf(packet), packet.key)));
}

async function addPackets(call: AuthorizedCall) {
  const packet = await readJson(call.request, packetOrPacketsSchema);
  const policy = policyOf(packet);
  if (!('keys' in packet)) return text(storeKey(call.world, orderOf(call, policy, packet.key)).locator);
  return storeAll(
    call.world,
    packet.keys.map((key) => orderOf(call, policy, key)),
  );
}

async function addBatch(call: AuthorizedCall) {
  const { entries } = await readJson(call.request, batchSchema);
  return storeAll(
    call.world,
    entries.map((entry) => orderOf(call, policyOf(entry), entry.key)),
  );
}

/** Sealing keys, and storing them in one step. */
export const PACKET_OPERATIONS = writing({
  createPacket: ['POST /packet', createPacket],
  createAndStorePacket: ['POST /packet/add', addPackets],
  createAndStoreBatch: ['POST /packet/batch', addBatch],
});
