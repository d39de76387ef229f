import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { z } from 'zod';
import type { HubEvent } from '../../src/live/event-reader.js';
import type { AcmeClient } from '../../src/providers/acme/provider.js';
import type { RequestChange, RequestState } from '../../src/providers/acme/request-watch.js';
import { changed } from '../../src/subgraph/changed.js';
import { command } from '../../src/subgraph/command.js';
import type { SubgraphContext } from '../../src/subgraph/context.js';
import { IdOf } from '../../src/subgraph/id-of.js';
import { Identified } from '../../src/subgraph/identified.js';
import { Payload } from '../../src/subgraph/payload.type.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import type { Tracked, TrackedThing } from '../../src/subgraph/tracked.js';
import { ChangeEvent } from '../shared/change-event.type.js';
import { CommandInput } from '../shared/command.input.js';
import { requireEmailAddress } from '../../src/subgraph/email-address.js';

/** What is kept of a request. */
export const sentRequest = z.object({ user: z.string(), expiresAt: z.number() });

export interface AcmeServices {
  readonly client: AcmeClient;
  readonly requests: Tracked<string, RequestState, RequestChange, typeof sentRequest>;
}
export type AcmeContext = SubgraphContext<AcmeServices>;
type Known = Pick<TrackedThing<z.infer<typeof sentRequest>, RequestState>, 'id' | 'value' | 'state'>;

@Identified<AcmeRequest>(({ requestId }) => [requestId])
@ObjectType({ description: 'A question to somebody. Only its sender sees it.' })
export class AcmeRequest {
  @Field(() => ID, { description: "The provider's id." })
  readonly requestId: string;

  @Field(() => String, { description: 'Who was asked.' })
  readonly user: string;

  @Field(() => String, { description: "The provider's word for how far it has come." })
  readonly status: string;

  constructor({ id, value, state }: Known) {
    this.requestId = id;
    this.user = value.user;
    this.status = state.status;
  }
}

@InputType({ description: 'Whom to ask.' })
export class CreateAcmeRequestInput extends CommandInput {
  @Field(() => String, { description: 'E-mail address.' })
  user!: string;
}

@ObjectType({ description: 'Answer to asking somebody.' })
export class CreateAcmeRequestPayload extends Payload {
  @Field(() => AcmeRequest, { nullable: true, description: 'The request; null when there is a problem.' })
  acmeRequest?: AcmeRequest;
}

@Resolver()
export class AcmeRequestResolver {
  @RequiresScope('acme:read')
  @Query(() => AcmeRequest, { nullable: true, description: 'A request you have made, as last observed.' })
  async acmeRequest(
    @IdOf('AcmeRequest') @Arg('id', () => ID, { description: 'The request.' }) id: string,
    @Ctx() { caller, services }: AcmeContext,
  ): Promise<AcmeRequest | null> {
    const found = await services.requests.find(caller, id);
    return found ? new AcmeRequest(found) : null;
  }

  @RequiresScope('acme:write')
  @Mutation(() => CreateAcmeRequestPayload, { description: 'Asks somebody (createRequest).' })
  createAcmeRequest(
    @Arg('input', () => CreateAcmeRequestInput, { description: 'Whom.' }) input: CreateAcmeRequestInput,
    @Ctx() context: AcmeContext,
  ): Promise<CreateAcmeRequestPayload> {
    const { client, requests } = context.services;
    return command(context, 'createAcmeRequest', input, {
      prepare: () => requireEmailAddress(['user'], input.user),
      rings: (user) => [{ kind: 'ask', subject: ['acme', user.toLowerCase()], path: ['user'] }],
      effect: (user) => client.create(user, context),
      identify: ({ id }) => id,
      after: ({ id, status, ...value }) => requests.keep(context.caller, id, value, { status }),
      answer: (kept) => ({ acmeRequest: new AcmeRequest(kept) }),
    });
  }
}

@ObjectType({ description: 'A request has changed; the first event is its current state.' })
export class AcmeRequestChange extends ChangeEvent {
  @Field(() => AcmeRequest, { description: 'The request as of this event.' })
  readonly acmeRequest: AcmeRequest;

  constructor(known: Omit<Known, 'state'>, event: HubEvent<RequestState, RequestChange>) {
    super(event);
    this.acmeRequest = new AcmeRequest({ ...known, state: event.event.state });
  }
}

export const AcmeRequestEvents = changed({
  name: 'acmeRequestChanged',
  scope: 'acme:read',
  type: () => AcmeRequestChange,
  description: 'The life of a request, until it is answered or its time is over.',
  args: { id: { type: () => ID, names: ['AcmeRequest'], description: 'The request.' } },
  async follow({ id, after }: { id: string; after?: string | undefined }, { caller, services }: AcmeContext) {
    const { value, events } = await services.requests.follow(caller, id, after);
    return {
      events,
      toChange: (event: HubEvent<RequestState, RequestChange>) => new AcmeRequestChange({ id, value }, event),
    };
  },
});
