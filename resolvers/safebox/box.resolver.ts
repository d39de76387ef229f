import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Query, Resolver, Root } from 'type-graphql';
import { IdOf } from '../../src/subgraph/id-of.js';
import { SizedByFirst } from '../../src/subgraph/cost.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { boxPage } from './box.page.js';
import { SafeBox, SafeBoxConnection } from './box.type.js';
import { READ } from './context.js';
import type { SafeboxContext } from './context.js';
import { SafeBoxFilter } from './enums.js';
import { selectedSections } from './selected-sections.js';
import { SafeBoxDownloadTicket } from './ticket.type.js';

@Resolver(() => SafeBox)
export class SafeBoxResolver {
  @RequiresScope(READ)
  @Query(() => SafeBox, {
    nullable: true,
    description:
      'A SafeBox you own or take part in, with whatever is asked of it in one call (get_safebox_info); null when there is none with this id.',
  })
  safeBox(
    @IdOf('SafeBox') @Arg('id', () => ID, { description: 'The SafeBox.' }) id: string,
    @Ctx() context: SafeboxContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SafeBox | null> {
    return context.services.boxes.find(context, id, selectedSections(info));
  }

  @RequiresScope(READ)
  @SizedByFirst()
  @Query(() => SafeBoxConnection, {
    nullable: true,
    description: 'The SafeBoxes you own or take part in, latest activity first, in one call (get_safeboxes).',
  })
  async safeBoxes(
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many at the most, 1 to 100.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: 'Continue behind this cursor.' })
    after: string | undefined,
    @Arg('status', () => [SafeBoxFilter], { nullable: true, description: 'Only those of these statuses.' })
    status: string[] | undefined,
    @Arg('search', () => String, {
      nullable: true,
      description: 'Only those with this text in subject, id, message, participants or file names.',
    })
    search: string | undefined,
    @Ctx() context: SafeboxContext,
  ): Promise<SafeBoxConnection> {
    const { accesses, client } = context.services;
    return boxPage(client, await accesses.of(context), { first, after, status, search });
  }

  @RequiresScope(READ)
  @FieldResolver(() => SafeBoxDownloadTicket, {
    nullable: true,
    description:
      'Where to fetch the audit record, a PDF (get_audit_record_url, get_audit_record_pdf); null until it is closed.',
  })
  auditRecord(@Root() box: SafeBox, @Ctx() context: SafeboxContext): Promise<SafeBoxDownloadTicket> | null {
    return box.hasAuditRecord ? context.services.files.issueDownload(context, box.id, null) : null;
  }
}
