import { Arg, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { invalidInput } from '../../src/provider-error.js';
import { LIMITS } from '../../src/providers/xqkeys/packet.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { requireChange } from '../../src/check-given.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { command } from '../../src/subgraph/command.js';
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
import { requireNotifications } from './enums.js';

@ObjectType({ description: 'Random bits from the quantum service. Each field asked for is another drawing.' })
export class XqEntropy {
  constructor(private readonly count: number) {}

  @CallsProvider()
  @Field(() => String, {
    nullable: true,
    description: 'As lower-case hexadecimal digits. Secret if you make it one.',
  })
  hex(@Ctx() context: XqkeysContext): Promise<string> {
    return context.services.client.account.entropyHex(this.count, context);
  }

  @CallsProvider()
  @Field(() => String, { nullable: true, description: 'As digits 0 and 1. Secret if you make it one.' })
  bits(@Ctx() context: XqkeysContext): Promise<string> {
    return context.services.client.account.entropyBits(this.count, context);
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
  xqApiKey(@Ctx() context: XqkeysContext): Promise<XqApiKey> {
    return context.services.client.account.apiKey(context);
  }

  @RequiresScope(READ)
  @Query(() => XqSettings, {
    nullable: true,
    description: 'Settings of the user behind your session (settings).',
  })
  async xqSettings(@Ctx() context: XqkeysContext): Promise<XqSettings> {
    const { client, sessions } = context.services;
    return new XqSettings(await client.account.settings(await sessions.access(context)));
  }

  @RequiresScope(READ)
  @Query(() => XqSubscriber, {
    nullable: true,
    description: 'The account of the user behind your session (subscriber).',
  })
  async xqSubscriber(@Ctx() context: XqkeysContext): Promise<XqSubscriber> {
    const { client, sessions } = context.services;
    return new XqSubscriber(await client.account.subscriber(await sessions.access(context)));
  }

  @RequiresScope(KEYS)
  @CallsProvider(0)
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
      throw invalidInput(
        ['bits'],
        'OUT_OF_RANGE',
        `bits must be a multiple of 8 from 8 to ${LIMITS.entropyBits}.`,
      );
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
    const { client, sessions } = context.services;
    const { hasNewsletter: newsletter } = input;
    return command(context, 'updateXqSettings', input, {
      async prepare() {
        requireChange({ newsletter, notifications: input.notifications });
        const notifications = input.notifications ? requireNotifications(input.notifications) : undefined;
        return { access: await sessions.access(context), notifications };
      },
      rings: NOBODY,
      async effect({ access, notifications }) {
        await client.account.updateSettings(access, {
          ...(typeof newsletter === 'boolean' && { newsletter }),
          ...(notifications !== undefined && { notifications }),
        });
        return true;
      },
      answer: (isUpdated) => ({ isUpdated }),
    });
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
    return command(context, 'deleteXqSubscriber', input, {
      rings: NOBODY,
      async effect() {
        const access = await services.sessions.access(context);
        if (access.id !== input.sessionId) {
          throw invalidInput(['sessionId'], 'NOT_ALLOWED', 'sessionId must be the id of your session.');
        }
        await services.client.account.deleteSubscriber(access);
        return true;
      },
      async after(deleted) {
        await services.sessions.close(caller);
        return deleted;
      },
      answer: (isDeleted) => ({ isDeleted }),
    });
  }
}
