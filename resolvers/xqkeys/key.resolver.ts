import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Policy } from '../../src/providers/xqkeys/packet.js';
import { normalizeAddress } from '../../src/providers/xqkeys/packet.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { attempt } from '../shared/attempt.js';
import { once } from '../shared/once.js';
import { selectedPaths } from '../shared/selected-paths.js';
import { KEYS, READ, WRITE } from './context.js';
import type { XqkeysContext } from './context.js';
import { XqKeyStatus } from './enums.js';
import {
  CreateXqKeyInput,
  CreateXqKeysInput,
  CreateXqPacketInput,
  AddXqKeyLabelsInput,
  StoreXqPacketInput,
  XqKeyInput,
  XqKeyRecipientsInput,
  XqKeysInput,
} from './key.input.js';
import type { XqPolicyInput, XqTimedPolicyInput } from './key.input.js';
import { keyPage } from './key.page.js';
import {
  CreateXqPacketPayload,
  ReadXqKeyPayload,
  ReadXqKeysPayload,
  XqKeyMaterial,
  XqKeyPayload,
  XqKeysPayload,
} from './key.payload.js';
import type { KnownKey } from './key.service.js';
import { XqKey, XqKeyConnection } from './key.type.js';

/** What only the provider knows. */
const LIVE_FIELDS = ['status', 'expiresAt'];

@Resolver()
export class XqKeyResolver {
  @RequiresScope(READ)
  @Query(() => XqKey, {
    nullable: true,
    description:
      'A key by its locator; null when it is unknown or was never yours to read. Its status and expiry are asked for at the provider (CheckKeyExpiration), which neither reads nor uses it up.',
  })
  async xqKey(
    @Arg('locator', () => ID, { description: 'Locator of the key.' }) locator: string,
    @Ctx() { caller, services }: XqkeysContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<XqKey | null> {
    const paths = selectedPaths(info);
    const [recorded] = LIVE_FIELDS.some((field) => paths.has(field))
      ? []
      : await services.keys.recorded(caller, [locator]);
    const key = recorded ?? (await services.keys.find(caller, locator));
    return key && new XqKey(key);
  }

  @RequiresScope(READ)
  @Query(() => XqKeyConnection, {
    nullable: true,
    description:
      'The keys you have made through this graph, newest first, as last observed. Our own record; calls nobody.',
  })
  xqKeys(
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many at the most, 1 to 100.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: 'Continue behind this cursor.' })
    after: string | undefined,
    @Arg('status', () => XqKeyStatus, { nullable: true, description: 'Only those that stand so.' })
    status: string | undefined,
    @Arg('recipient', () => String, {
      nullable: true,
      description: 'Only those shared with this address, and not taken back.',
    })
    recipient: string | undefined,
    @Ctx() context: XqkeysContext,
  ): Promise<XqKeyConnection> {
    return keyPage({ first, after, status, recipient: recipient && normalizeAddress(recipient) }, context);
  }

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
    const lifetime = { amount: input.lifetimeHours, unit: 'HOURS' } as const;
    return attempt(async () => ({
      packet: await once(context, 'createXqPacket', input, () =>
        context.services.maker.seal(context.caller, input.key ?? null, {
          ...policyOf(input),
          lifetime,
          type: input.type,
        }),
      ),
    }));
  }

  @RequiresScope(WRITE)
  @Mutation(() => XqKeyPayload, {
    description: 'Second of two steps: stores the key of a packet (add_packet) and answers its locator.',
  })
  storeXqPacket(
    @Arg('input', () => StoreXqPacketInput, { description: 'The packet.' }) input: StoreXqPacketInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqKeyPayload> {
    return changed(context, 'storeXqPacket', input, () =>
      context.services.maker.store(context.caller, input.packet),
    );
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
    return changed(context, 'createXqKey', input, () =>
      context.services.maker.create(context.caller, input.key, {
        ...timedPolicyOf(input),
        type: input.type,
        labels: input.labels,
      }),
    );
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
    return changedMany(context, 'createXqKeys', input, () =>
      context.services.maker.createMany(context.caller, input.keys, {
        ...timedPolicyOf(input),
        type: input.type,
        note: input.note ?? null,
      }),
    );
  }

  @RequiresScope(WRITE)
  @Mutation(() => XqKeyPayload, { description: 'Lets further people read a key of yours (grant_users).' })
  grantXqKey(
    @Arg('input', () => XqKeyRecipientsInput, { description: 'The key, and for whom.' })
    input: XqKeyRecipientsInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqKeyPayload> {
    return changed(context, 'grantXqKey', input, () =>
      context.services.keys.grant(context.caller, input.locator, input.recipients),
    );
  }

  @RequiresScope(WRITE)
  @Mutation(() => XqKeyPayload, {
    description:
      'Takes access to a key of yours back from people (revoke_users). What they have read already they keep.',
  })
  revokeXqKeyRecipients(
    @Arg('input', () => XqKeyRecipientsInput, { description: 'The key, and from whom.' })
    input: XqKeyRecipientsInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqKeyPayload> {
    return changed(context, 'revokeXqKeyRecipients', input, () =>
      context.services.keys.withdraw(context.caller, input.locator, input.recipients),
    );
  }

  @RequiresScope(WRITE)
  @Mutation(() => XqKeyPayload, {
    description: 'Ends a key of yours for everybody, you included, for good (revoke_packet).',
  })
  revokeXqKey(
    @Arg('input', () => XqKeyInput, { description: 'The key.' }) input: XqKeyInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqKeyPayload> {
    return changed(context, 'revokeXqKey', input, () =>
      context.services.keys.revoke(context.caller, input.locator),
    );
  }

  @RequiresScope(WRITE)
  @Mutation(() => XqKeysPayload, { description: 'Ends several keys of yours in one call, for good.' })
  revokeXqKeys(
    @Arg('input', () => XqKeysInput, { description: 'The keys.' }) input: XqKeysInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqKeysPayload> {
    return changedMany(context, 'revokeXqKeys', input, () =>
      context.services.keys.revokeMany(context.caller, input.locators),
    );
  }

  @RequiresScope(WRITE)
  @Mutation(() => XqKeyPayload, {
    description: 'Adds to the labels of a key (add_labels_to_locator_token). Needs the dashboard.',
  })
  addXqKeyLabels(
    @Arg('input', () => AddXqKeyLabelsInput, { description: 'The key, and its labels.' })
    input: AddXqKeyLabelsInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqKeyPayload> {
    return changed(context, 'addXqKeyLabels', input, () =>
      context.services.keys.label(context.caller, input.locator, input.labels),
    );
  }

  @RequiresScope(KEYS)
  @Mutation(() => ReadXqKeyPayload, {
    description:
      'The key itself (get_packet), where you may read it. Shows in the event log, and uses up a key that is deleted on receipt; therefore no query.',
  })
  readXqKey(
    @Arg('input', () => XqKeyInput, { description: 'The key.' }) input: XqKeyInput,
    @Ctx() context: XqkeysContext,
  ): Promise<ReadXqKeyPayload> {
    const { locator } = input;
    return attempt(async () => {
      const text = await once(context, 'readXqKey', input, () =>
        context.services.keys.fetch(context.caller, locator),
      );
      return { material: new XqKeyMaterial(locator, text) };
    });
  }

  @RequiresScope(KEYS)
  @Mutation(() => ReadXqKeysPayload, {
    description: 'Several keys in one call (get_packets); like `readXqKey` for each of them.',
  })
  readXqKeys(
    @Arg('input', () => XqKeysInput, { description: 'The keys.' }) input: XqKeysInput,
    @Ctx() context: XqkeysContext,
  ): Promise<ReadXqKeysPayload> {
    return attempt(async () => {
      const texts = await once(context, 'readXqKeys', input, async () => [
        ...(await context.services.keys.fetchMany(context.caller, input.locators)),
      ]);
      return { materials: texts.map(([locator, text]) => new XqKeyMaterial(locator, text)) };
    });
  }
}

function policyOf({
  recipients,
  subject,
  deleteOnReceipt,
}: XqPolicyInput): Omit<Policy, 'lifetime' | 'type'> {
  return { recipients, subject: subject ?? null, deleteOnReceipt };
}

/** Who may read, until when; of whatever type. */
export function timedPolicyOf(input: XqTimedPolicyInput): Omit<Policy, 'type'> {
  return { ...policyOf(input), lifetime: { amount: input.lifetime, unit: input.lifetimeUnit } };
}

function changed(
  context: XqkeysContext,
  operation: string,
  input: { idempotencyKey?: string | null },
  command: () => Promise<KnownKey>,
): Promise<XqKeyPayload> {
  return attempt(async () => ({ xqKey: new XqKey(await once(context, operation, input, command)) }));
}

function changedMany(
  context: XqkeysContext,
  operation: string,
  input: { idempotencyKey?: string | null },
  command: () => Promise<readonly KnownKey[]>,
): Promise<XqKeysPayload> {
  return attempt(async () => {
    const keys = await once(context, operation, input, command);
    return { xqKeys: keys.map((key) => new XqKey(key)) };
  });
}
