import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import { checkAll } from '../../src/check-all.js';
import { IdOf } from '../../src/subgraph/id-of.js';
import { SizedByFirst } from '../../src/subgraph/cost.js';
import type { LabelledPolicy, Policy } from '../../src/providers/xqkeys/packet.js';
import { normalizeAddress } from '../../src/providers/xqkeys/packet.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { command } from '../../src/subgraph/command.js';
import { refused } from '../../src/subgraph/problem.type.js';
import type { Refused } from '../../src/subgraph/problem.type.js';
import { ProviderError } from '../../src/provider-error.js';
import { PROVIDER } from '../../src/providers/xqkeys/errors.js';
import {
  checkFilled,
  checkKey,
  checkKeys,
  checkLabels,
  checkLocators,
  checkPolicy,
  checkRecipients,
} from '../../src/providers/xqkeys/rules.js';
import { changeKey, changeKeys } from './change-key.js';
import { granted, withdrawn } from './key-book.js';
import { dashboardToken } from './sessions.js';
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
    @IdOf('XqKey') @Arg('locator', () => ID, { description: 'Locator of the key.' }) locator: string,
    @Ctx() context: XqkeysContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<XqKey | null> {
    const { caller, services } = context;
    const paths = selectedPaths(info);
    const [recorded] = LIVE_FIELDS.some((field) => paths.has(field))
      ? []
      : await services.keys.recorded(caller, [locator]);
    const key =
      recorded ?? (await services.keys.find(caller, locator, () => services.sessions.access(context)));
    return key && new XqKey(key);
  }

  @RequiresScope(READ)
  @SizedByFirst()
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
      effect: (access, packet) => client.packets.store(access, packet),
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

  @RequiresScope(WRITE)
  @Mutation(() => XqKeyPayload, { description: 'Lets further people read a key of yours (grant_users).' })
  grantXqKey(
    @Arg('input', () => XqKeyRecipientsInput, { description: 'The key, and for whom.' })
    input: XqKeyRecipientsInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqKeyPayload> {
    const { client, keys } = context.services;
    const { locator } = input;
    return changeKey(context, 'grantXqKey', input, {
      prepare: () => checkRecipients(input.recipients),
      rings: NOBODY,
      effect: (access, recipients) => client.keys.grant(access, locator, recipients),
      after: (_sent, recipients, access, at) =>
        keys.keepAccess(context.caller, access, locator, (record) => ({
          ...record,
          grants: granted(record.grants, recipients, at),
        })),
    });
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
    const { client, keys } = context.services;
    const { locator } = input;
    return changeKey(context, 'revokeXqKeyRecipients', input, {
      prepare: () => checkRecipients(input.recipients),
      rings: NOBODY,
      effect: (access, recipients) => client.keys.revokeUsers(access, locator, recipients),
      after: (_sent, recipients, access, at) =>
        keys.keepAccess(context.caller, access, locator, (record) => ({
          ...record,
          grants: withdrawn(record.grants, recipients, at),
        })),
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => XqKeyPayload, {
    description: 'Ends a key of yours for everybody, you included, for good (revoke_packet).',
  })
  revokeXqKey(
    @Arg('input', () => XqKeyInput, { description: 'The key.' }) input: XqKeyInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqKeyPayload> {
    const { client, keys } = context.services;
    const { locator } = input;
    return changeKey(context, 'revokeXqKey', input, {
      rings: NOBODY,
      effect: (access) => client.keys.revoke(access, locator),
      after: (_sent, _prepared, access, at) => keys.keepRevoked(context.caller, access, locator, at),
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => XqKeysPayload, { description: 'Ends several keys of yours in one call, for good.' })
  revokeXqKeys(
    @Arg('input', () => XqKeysInput, { description: 'The keys.' }) input: XqKeysInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqKeysPayload> {
    const { client, keys } = context.services;
    return changeKeys(context, 'revokeXqKeys', input, {
      prepare: () => checkLocators(input.locators),
      rings: NOBODY,
      effect: (access, locators) => client.keys.revokeMany(access, locators),
      after: (_sent, locators, access, at) =>
        Promise.all(locators.map((locator) => keys.keepRevoked(context.caller, access, locator, at))),
    });
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
    const { client, keys } = context.services;
    const { locator, labels } = input;
    return changeKey(context, 'addXqKeyLabels', input, {
      prepare: () => checkLabels(labels),
      rings: NOBODY,
      effect: (access) => {
        const call = { requestId: context.requestId };
        return client.dashboard.addLabels(dashboardToken(access), locator, labels, call);
      },
      after: () => keys.keepLabels(context.caller, locator, labels),
    });
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
    const { caller, services } = context;
    const { client, fetched, sessions } = services;
    const { locator, idempotencyKey } = input;
    let isFirst = false;
    return command(context, 'readXqKey', input, {
      prepare: () => sessions.access(context),
      rings: NOBODY,
      effect: (access) => {
        isFirst = true;
        return client.keys.fetch(access, locator);
      },
      after: async (text, access) => ({
        session: access.id,
        fetched: await fetched.afterFetch(caller, access, locator, text, Boolean(idempotencyKey)),
      }),
      async answer(known, access) {
        const isMine = known.session === access.id;
        const mayShow = isFirst || (isMine && (await fetched.stands(caller, access, locator, known.fetched)));
        return mayShow ? { material: new XqKeyMaterial(locator, known.fetched.text) } : gone();
      },
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
    const { caller, services } = context;
    const { client, fetched, sessions } = services;
    let isFirst = false;
    return command(context, 'readXqKeys', input, {
      prepare: async () => ({
        locators: checkLocators(input.locators),
        access: await sessions.access(context),
      }),
      rings: NOBODY,
      effect: ({ access, locators }) => {
        isFirst = true;
        return client.keys.fetchMany(access, locators);
      },
      after: async (texts, { access }) => ({
        session: access.id,
        fetched: await Promise.all(
          [...texts].map(
            async ([locator, text]) =>
              [locator, await fetched.afterFetch(caller, access, locator, text, false)] as const,
          ),
        ),
      }),
      async answer(known, { access }) {
        const shown = await Promise.all(
          known.fetched.map(async ([locator, one]) => {
            const isMine = known.session === access.id;
            const mayShow = isFirst || (isMine && (await fetched.stands(caller, access, locator, one)));
            return mayShow ? [new XqKeyMaterial(locator, one.text)] : [];
          }),
        );
        return { materials: shown.flat() };
      },
    });
  }
}

function policyOf({
  recipients,
  subject,
  isDeletedOnReceipt: deleteOnReceipt,
}: XqPolicyInput): Omit<Policy, 'lifetime' | 'type'> {
  return { recipients, subject: subject ?? null, deleteOnReceipt };
}

/** Who may read, until when; of whatever type. */
export function timedPolicyOf(input: XqTimedPolicyInput): Omit<Policy, 'type'> {
  return { ...policyOf(input), lifetime: { amount: input.lifetime, unit: input.lifetimeUnit } };
}

/** Policy and labels of a key, checked together with the key itself. */
function labelledPolicyOf(
  input: XqTimedPolicyInput & { readonly labels: readonly string[] },
  type: Policy['type'],
  key: string,
): LabelledPolicy {
  const [policy, labels] = checkAll([
    () => checkPolicy({ ...timedPolicyOf(input), type }),
    () => (input.labels.length > 0 ? checkLabels(input.labels) : null),
    () => checkKey(key),
  ]);
  return { ...policy, labels };
}

/** A key that was read earlier, and has ended since or belongs to another session. */
function gone(): Refused {
  return refused(new ProviderError('NOT_FOUND', { provider: PROVIDER, path: ['locator'] }));
}

function onlyOne(keys: readonly KnownKey[]): KnownKey {
  const [key] = keys;
  if (!key) throw new Error('no key was kept');
  return key;
}
