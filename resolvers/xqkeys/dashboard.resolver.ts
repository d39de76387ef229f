import { GraphQLDateTime } from 'graphql-scalars';
import { Arg, ArgsType, Args, Ctx, Field, ID, Int, Query, Resolver } from 'type-graphql';
import { IdOf } from '../../src/subgraph/id-of.js';
import { ProviderError } from '../../src/provider-error.js';
import { SizedByFirst } from '../../src/subgraph/cost.js';
import type { Communication, EventLogItem } from '../../src/providers/xqkeys/wire/dashboard.js';
import { pageByNumber } from '../../src/subgraph/numbered-page.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { READ } from './context.js';
import type { XqkeysContext } from './context.js';
import {
  XqCommunication,
  XqCommunicationConnection,
  XqEvent,
  XqEventConnection,
  XqEventType,
} from './dashboard.type.js';
import { XqCommunicationStatus } from './enums.js';
import { dashboardToken } from './sessions.js';

@ArgsType()
abstract class DashboardPage {
  @Field(() => GraphQLDateTime, { nullable: true, description: 'Nothing before this moment.' })
  from?: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Nothing after this moment.' })
  to?: Date;

  @Field(() => Int, { defaultValue: 20, description: 'How many at the most, 1 to 100.' })
  first!: number;

  @Field(() => String, { nullable: true, description: 'Continue behind this cursor.' })
  after?: string;
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
  @SizedByFirst()
  @Query(() => XqCommunicationConnection, {
    nullable: true,
    description:
      'The keys that the dashboard lists (GetCommunications), also those made elsewhere. Needs `openXqDashboard`.',
  })
  async xqCommunications(
    @Args(() => CommunicationArgs) { statuses, search, ...page }: CommunicationArgs,
    @Ctx() context: XqkeysContext,
  ): Promise<XqCommunicationConnection> {
    const names = Object.keys(XqCommunicationStatus);
    const { client, sessions } = context.services;
    const token = dashboardToken(await sessions.access(context));
    const filter = {
      ...onWire(page),
      search: search ?? null,
      statuses: statuses?.filter((name) => name !== 'UNKNOWN').map((name) => names.indexOf(name)) ?? null,
    };
    const read = async (number: number, size: number) => ({
      items: await client.dashboard.communications(token, { ...filter, limit: size, page: number }, context),
    });
    const idOf = ({ token: locator }: Communication) => locator;
    return pageByNumber(
      { name: 'communication', filter, read, idOf },
      page,
      (one) => new XqCommunication(one),
    );
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
      return new XqCommunication(
        await context.services.client.dashboard.communication(token, locator, context),
      );
    } catch (error) {
      if (error instanceof ProviderError && ['NOT_FOUND', 'FORBIDDEN'].includes(error.code)) return null;
      throw error;
    }
  }

  @RequiresScope(READ)
  @SizedByFirst()
  @Query(() => XqEventConnection, {
    nullable: true,
    description: 'The audit trail (GetEventLogs): who fetched which key when. Needs `openXqDashboard`.',
  })
  async xqEventLog(
    @Args(() => EventArgs) { action, ...page }: EventArgs,
    @Ctx() context: XqkeysContext,
  ): Promise<XqEventConnection> {
    const { client, sessions } = context.services;
    const token = dashboardToken(await sessions.access(context));
    const filter = { ...onWire(page), action: action ?? null };
    const read = async (number: number, size: number) => ({
      items: await client.dashboard.events(token, { ...filter, limit: size, page: number }, context),
    });
    // Most lines have an id; of those without one nobody can say that they are the same.
    const idOf = (event: EventLogItem) => event.id ?? event;
    return pageByNumber({ name: 'event', filter, read, idOf }, page, (event) => new XqEvent(event));
  }

  @RequiresScope(READ)
  @Query(() => [XqEventType], {
    nullable: true,
    description:
      'The kinds of events that the audit trail can hold (GetEventTypes). Needs `openXqDashboard`.',
  })
  async xqEventTypes(@Ctx() context: XqkeysContext): Promise<XqEventType[]> {
    const token = dashboardToken(await context.services.sessions.access(context));
    return (await context.services.client.dashboard.eventTypes(token, context)).map(
      (type) => new XqEventType(type),
    );
  }
}

function onWire({ from, to }: DashboardPage) {
  return { from: from?.getTime() ?? null, to: to?.getTime() ?? null };
}
