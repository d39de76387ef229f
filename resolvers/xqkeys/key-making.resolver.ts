import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { checkAll } from '../../src/check-all.js';
import { checkFilled } from '../../src/check-given.js';
import { checkKey, checkKeys, checkPolicy } from '../../src/providers/xqkeys/rules.js';
import { command } from '../../src/subgraph/command.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { changeKey, changeKeys } from './change-key.js';
import { WRITE } from './context.js';
import type { XqkeysContext } from './context.js';
import { CreateXqKeyInput, CreateXqKeysInput, CreateXqPacketInput, StoreXqPacketInput } from './key.input.js';
import { CreateXqPacketPayload, XqKeyPayload, XqKeysPayload } from './key.payload.js';
import { labelledPolicyOf, policyOf, timedPolicyOf } from './key-policy.js';
import type { KnownKey } from './key.service.js';

/** How keys are made, in one step or in two. */
@Resolver()
export class XqKeyMakingResolver {
  @RequiresScope(WRITE)
  @Mutation(() => CreateXqPacketPayload, {
    description:
      'First of two steps: seals a key into an opaque packet (create_packet). It can be fetched only after `storeXqPacket`.',
  })
  createXqPacket(
    @Arg('input', () => CreateXqPacketInput, { description: 'The key, and who may read it.' })
    input: CreateXqPacketInput,
    @Ctx() context: XqkeysContext,
  ): Promise<CreateXqPacketPayload> {
    const { client, maker } = context.services;
    const lifetime = { amount: input.lifetimeHours, unit: 'HOURS' } as const;
    return command(context, 'createXqPacket', input, {
      async prepare() {
        const [policy] = checkAll([
          () => checkPolicy({ ...policyOf(input), lifetime, type: input.type }, 'lifetimeHours'),
          () => checkKey(input.key),
        ]);
        return { policy, access: await context.services.sessions.access(context) };
      },
      rings: NOBODY,
      effect: ({ access, policy }) => client.packets.create(access, input.key, policy),
      after: (packet, { policy }, at) => maker.keepPacket(context.caller, packet, policy, at),
      answer: (packet) => ({ packet }),
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => XqKeyPayload, {
    description: 'Second of two steps: stores the key of a packet (add_packet) and answers its locator.',
  })
  storeXqPacket(
    @Arg('input', () => StoreXqPacketInput, { description: 'The packet.' }) input: StoreXqPacketInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqKeyPayload> {
    const { client, maker } = context.services;
    return changeKey(context, 'storeXqPacket', input, {
      prepare: () => checkFilled('packet', input.packet),
      rings: NOBODY,
      effect: (access, packet) =>
        maker.storing(context.caller, packet, () => client.packets.store(access, packet)),
      identify: (locator) => locator,
      after: (locator, packet, _access, at) => maker.keepStored(context.caller, locator, packet, at),
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => XqKeyPayload, {
    description:
      'Stores a key and answers its locator (create_and_store_packet). Follow it with `xqKeyChanged`.',
  })
  createXqKey(
    @Arg('input', () => CreateXqKeyInput, { description: 'The key, and who may read it.' })
    input: CreateXqKeyInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqKeyPayload> {
    const { client, maker } = context.services;
    return changeKey(context, 'createXqKey', input, {
      prepare: () => labelledPolicyOf(input, input.type, input.key),
      rings: NOBODY,
      effect: (access, policy) => client.packets.createAndStore(access, input.key, policy),
      identify: (locator) => locator,
      after: async (locator, policy, _access, at) =>
        onlyOne(await maker.keepCreated(context.caller, [locator], policy, at)),
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => XqKeysPayload, {
    description: 'Stores several keys under one policy, in one call (create_and_store_packets).',
  })
  createXqKeys(
    @Arg('input', () => CreateXqKeysInput, { description: 'The keys, and who may read them.' })
    input: CreateXqKeysInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqKeysPayload> {
    const { client, maker } = context.services;
    return changeKeys(context, 'createXqKeys', input, {
      prepare() {
        const [policy] = checkAll([
          () => checkPolicy({ ...timedPolicyOf(input), type: input.type }),
          () => checkKeys(input.keys),
        ]);
        return policy;
      },
      rings: NOBODY,
      effect: (access, policy) =>
        client.packets.createAndStoreMany(access, input.keys, { ...policy, note: input.note ?? null }),
      identify: (locators) => locators.join(' '),
      after: (locators, policy, _access, at) => maker.keepCreated(context.caller, locators, policy, at),
    });
  }
}

function onlyOne(keys: readonly KnownKey[]): KnownKey {
  const [key] = keys;
  if (!key) throw new Error('no key was kept');
  return key;
}
