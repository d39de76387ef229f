import { GraphQLDateTime } from 'graphql-scalars';
import { Arg, ArgsType, Args, Ctx, Field, ID, Int, Query, Resolver } from 'type-graphql';
import { IdOf } from '../../src/subgraph/id-of.js';
import { invalidInput, ProviderError } from '../../src/provider-error.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { READ } from './context.js';
import type { XqkeysContext } from './context.js';
import { XqCommunication, XqEvent, XqEventType } from './dashboard.type.js';
import { XqCommunicationStatus } from './enums.js';
import { dashboardToken } from './sessions.js';

const MAX_PAGE_SIZE = 100;

@ArgsType()
abstract class DashboardPage {
  @Field(() => GraphQLDateTime, { nullable: true, description: 'Nothing before this moment.' })
  from?: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Nothing after this moment.' })
  to?: Date;

  @Field(() => Int, { defaultValue: 20, description: `Entries of a page, 1 to ${MAX_PAGE_SIZE}.` })
  limit!: number;

  @Field(() => Int, { defaultValue: 0, description: 'Which page, from 0: the provider knows no cursors.' })
  page!: number;
}

@ArgsType()
class CommunicationArgs extends DashboardPage {
  @Field(() => [XqCommunicationStatus], { nullable: true, description: 'Only those that stand so.' })
  statuses?: string[];

  @Field(() => String, { nullable: true, description: 'Regular expression that they must match.' })
  search?: string;
}

@ArgsType()
class EventArgs extends DashboardPage {
  @Field(() => String, {
    nullable: true,
    description: 'Regular expression at the beginning of the action, for example val://fetchkey.',
  })
  action?: string;
}

@Resolver()
export class XqDashboardResolver {
  @RequiresScope(READ)
  @Query(() => [XqCommunication], {
    nullable: true,
    description:
      'The keys that the dashboard lists (GetCommunications), also those made elsewhere. Needs `openXqDashboard`.',
  })
  async xqCommunications(
    @Args(() => CommunicationArgs) { statuses, search, ...page }: CommunicationArgs,
    @Ctx() context: XqkeysContext,
  ): Promise<XqCommunication[]> {
    const names = Object.keys(XqCommunicationStatus);
    const found = await context.services.client.dashboard.communications(
      dashboardToken(await context.services.sessions.access(context)),
      {
        ...onWire(page),
        search: search ?? null,
        statuses: statuses?.filter((name) => name !== 'UNKNOWN').map((name) => names.indexOf(name)) ?? null,
      },
      { requestId: context.requestId },
    );
    return found.map((communication) => new XqCommunication(communication));
  }

  @RequiresScope(READ)
  @Query(() => XqCommunication, {
    nullable: true,
    description:
      'What the dashboard knows of one key (get_communication_by_locator_token); null when nothing. Needs `openXqDashboard`.',
  })
  async xqCommunication(
    @IdOf('XqKey') @Arg('locator', () => ID, { description: 'Locator of the key.' }) locator: string,
    @Ctx() context: XqkeysContext,
  ): Promise<XqCommunication | null> {
    const token = dashboardToken(await context.services.sessions.access(context));
    try {
      return new XqCommunication(await context.services.client.dashboard.communication(token, locator));
    } catch (error) {
      if (error instanceof ProviderError && ['NOT_FOUND', 'FORBIDDEN'].includes(error.code)) return null;
      throw error;
    }
  }

  @RequiresScope(READ)
  @Query(() => [XqEvent], {
    nullable: true,
    description: 'The audit trail (GetEventLogs): who fetched which key when. Needs `openXqDashboard`.',
  })
  async xqEventLog(
    @Args(() => EventArgs) { action, ...page }: EventArgs,
    @Ctx() context: XqkeysContext,
  ): Promise<XqEvent[]> {
    const events = await context.services.client.dashboard.events(
      dashboardToken(await context.services.sessions.access(context)),
      {
        ...onWire(page),
        action: action ?? null,
      },
    );
    return events.map((event) => new XqEvent(event));
  }

  @RequiresScope(READ)
  @Query(() => [XqEventType], {
    nullable: true,
    description:
      'The kinds of events that the audit trail can hold (GetEventTypes). Needs `openXqDashboard`.',
  })
  async xqEventTypes(@Ctx() context: XqkeysContext): Promise<XqEventType[]> {
    const token = dashboardToken(await context.services.sessions.access(context));
    return (await context.services.client.dashboard.eventTypes(token)).map((type) => new XqEventType(type));
  }
}

function onWire({ from, to, limit, page }: DashboardPage) {
  if (limit < 1 || limit > MAX_PAGE_SIZE) {
    throw invalidInput(['limit'], 'OUT_OF_RANGE', `limit must be from 1 to ${MAX_PAGE_SIZE}.`);
  }
  if (page < 0) throw invalidInput(['page'], 'OUT_OF_RANGE', 'page must not be negative.');
  return { limit, page, from: from?.getTime() ?? null, to: to?.getTime() ?? null };
}
