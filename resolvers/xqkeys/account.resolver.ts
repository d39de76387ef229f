import { Arg, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { ownerKey } from '../../src/owner.js';
import { afterEffect } from '../../src/providers/kit/after-effect.js';
import { invalidInput } from '../../src/provider-error.js';
import { LIMITS } from '../../src/providers/xqkeys/packet.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { attempt } from '../shared/attempt.js';
import { once } from '../shared/once.js';
import { DeleteXqSubscriberInput, UpdateXqSettingsInput } from './account.input.js';
import {
  DeleteXqSubscriberPayload,
  UpdateXqSettingsPayload,
  XqApiKey,
  XqSettings,
  XqSubscriber,
} from './account.type.js';
import { KEYS, READ, WRITE } from './context.js';
import type { XqkeysContext } from './context.js';
import { notificationsOnWire } from './enums.js';

@ObjectType({ description: 'Random bits from the quantum service. Each field asked for is another drawing.' })
export class XqEntropy {
  constructor(private readonly count: number) {}

  @Field(() => String, {
    nullable: true,
    description: 'As lower-case hexadecimal digits. Secret if you make it one.',
  })
  hex(@Ctx() { services }: XqkeysContext): Promise<string> {
    return services.client.account.entropyHex(this.count);
  }

  @Field(() => String, { nullable: true, description: 'As digits 0 and 1. Secret if you make it one.' })
  bits(@Ctx() { services }: XqkeysContext): Promise<string> {
    return services.client.account.entropyBits(this.count);
  }
}

@Resolver()
export class XqAccountResolver {
  @RequiresScope(READ)
  @Query(() => XqApiKey, {
    nullable: true,
    description:
      'Whether the API key of this server is good, and for what (validate_api_key); the error PROVIDER_UNAUTHENTICATED when it is not.',
  })
  xqApiKey(@Ctx() { services }: XqkeysContext): Promise<XqApiKey> {
    return services.client.account.apiKey();
  }

  @RequiresScope(READ)
  @Query(() => XqSettings, {
    nullable: true,
    description: 'Settings of the user behind your session (settings).',
  })
  async xqSettings(@Ctx() { caller, services }: XqkeysContext): Promise<XqSettings> {
    return new XqSettings(await services.client.account.settings(await services.sessions.access(caller)));
  }

  @RequiresScope(READ)
  @Query(() => XqSubscriber, {
    nullable: true,
    description: 'The account of the user behind your session (subscriber).',
  })
  async xqSubscriber(@Ctx() { caller, services }: XqkeysContext): Promise<XqSubscriber> {
    return new XqSubscriber(await services.client.account.subscriber(await services.sessions.access(caller)));
  }

  @RequiresScope(KEYS)
  @Query(() => XqEntropy, {
    nullable: true,
    description: 'Random bits from the quantum service (get_entropy), for making keys. Needs no session.',
  })
  xqEntropy(
    @Arg('bits', () => Int, {
      defaultValue: 256,
      description: `How many bits, 8 to ${LIMITS.entropyBits}, a multiple of 8.`,
    })
    bits: number,
  ): XqEntropy {
    if (bits < 8 || bits > LIMITS.entropyBits || bits % 8 !== 0) {
      throw invalidInput(['bits'], `bits must be a multiple of 8 from 8 to ${LIMITS.entropyBits}.`);
    }
    return new XqEntropy(bits);
  }

  @RequiresScope(WRITE)
  @Mutation(() => UpdateXqSettingsPayload, {
    description: 'Changes settings of the user behind your session.',
  })
  updateXqSettings(
    @Arg('input', () => UpdateXqSettingsInput, { description: 'What to change.' })
    input: UpdateXqSettingsInput,
    @Ctx() context: XqkeysContext,
  ): Promise<UpdateXqSettingsPayload> {
    const { caller, services } = context;
    return attempt(async () => ({
      updated: await once(context, 'updateXqSettings', input, async () => {
        const { newsletter } = input;
        const notifications = input.notifications ? notificationsOnWire(input.notifications) : undefined;
        if (input.notifications && notifications === undefined) {
          throw invalidInput(['notifications'], 'notifications must not be UNKNOWN.');
        }
        await services.client.account.updateSettings(await services.sessions.access(caller), {
          ...(typeof newsletter === 'boolean' && { newsletter }),
          ...(notifications !== undefined && { notifications }),
        });
        return true;
      }),
    }));
  }

  @RequiresScope(WRITE)
  @Mutation(() => DeleteXqSubscriberPayload, {
    description:
      'Deletes the account behind your session at the provider, for good, and ends its tokens everywhere.',
  })
  deleteXqSubscriber(
    @Arg('input', () => DeleteXqSubscriberInput, { description: 'Which account.' })
    input: DeleteXqSubscriberInput,
    @Ctx() context: XqkeysContext,
  ): Promise<DeleteXqSubscriberPayload> {
    const { caller, services } = context;
    return attempt(async () => ({
      deleted: await once(context, 'deleteXqSubscriber', input, async () => {
        const access = await services.sessions.access(caller);
        if (access.id !== input.sessionId) {
          throw invalidInput(['sessionId'], 'sessionId must be the id of your session.');
        }
        await services.client.account.deleteSubscriber(access);
        await afterEffect(() => services.sessions.close(ownerKey(caller)));
        return true;
      }),
    }));
  }
}
