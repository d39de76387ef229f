import { ProviderError } from '../../provider-error.js';
import type { Access } from './access.js';
import type { Api } from './api.js';
import { PROVIDER } from './errors.js';
import { PACKET_TYPES } from './packet.js';
import type { Policy } from './packet.js';
import type { StoredKey } from './wire/keys.js';

/** Making keys: at the subscription service, and the second step of the two-step way at the validation service. */
export interface PacketCalls {
  /** Seals a key into an opaque packet; it is not stored yet (create_packet). Its lifetime is in whole hours. */
  create(access: Access, key: string, policy: Policy): Promise<string>;
  /** Stores such a packet and answers the locator of its key (add_packet). */
  store(access: Access, packet: string): Promise<string>;
  /** Seals and stores in one step; answers the locator (create_and_store_packet). */
  createAndStore(
    access: Access,
    key: string,
    policy: Policy & { readonly labels: readonly string[] | null },
  ): Promise<string>;
  /** The same for many keys under one policy; locators in the order of the keys (create_and_store_packets). */
  createAndStoreMany(
    access: Access,
    keys: readonly string[],
    policy: Policy & { readonly note: string | null },
  ): Promise<readonly string[]>;
}

export function packetCalls(api: Api): PacketCalls {
  return {
    create: (access, key, policy) =>
      api(access, 'create_packet', {
        json: { meta: { subject: policy.subject }, ...policyOnWire(policy), key },
      }),
    store: (access, packet) => api(access, 'add_packet', { text: packet }),
    createAndStore: (access, key, policy) =>
      api(access, 'create_and_store_packet', {
        json: {
          meta: { subject: policy.subject, title: policy.subject, labels: policy.labels },
          ...policyOnWire(policy),
          key,
        },
      }),
    async createAndStoreMany(access, keys, policy) {
      const { tokens } = await api(access, 'create_and_store_packets', {
        json: { meta: { subject: policy.subject, meta: policy.note }, ...policyOnWire(policy), keys },
      });
      return locatorsOf(keys, tokens);
    },
  };
}

/** Locators in the order of the keys: by the key each one names, else by their order. Those of equal keys are interchangeable. */
function locatorsOf(keys: readonly string[], stored: readonly StoredKey[]): string[] {
  const named = new Map<string | null, string[]>();
  for (const { key, locator } of stored) named.set(key, [...(named.get(key) ?? []), locator]);
  const isOrdered = stored.every(({ key }) => key === null);
  const locators = keys.flatMap(
    (key, place) => (isOrdered ? stored[place]?.locator : named.get(key)?.shift()) ?? [],
  );
  if (locators.length === keys.length && stored.length === keys.length) return locators;
  // They are stored, but which locator is whose cannot be said.
  throw new ProviderError('OUTCOME_UNKNOWN', { provider: PROVIDER });
}

function policyOnWire({ recipients, lifetime, type, deleteOnReceipt }: Policy): object {
  return {
    type: PACKET_TYPES[type],
    recipients,
    expires: lifetime.amount,
    // Hours are what is meant without a unit.
    ...(lifetime.unit !== 'HOURS' && { unit: lifetime.unit.toLowerCase() }),
    ...(deleteOnReceipt && { dor: true }),
  };
}
