import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Int, Query, Resolver } from 'type-graphql';
import { normalizeAddress } from '../../src/providers/xqkeys/packet.js';
import { SizedByFirst } from '../../src/subgraph/cost.js';
import { IdOf } from '../../src/subgraph/id-of.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { selectedPaths } from '../shared/selected-paths.js';
import { READ } from './context.js';
import type { XqkeysContext } from './context.js';
import { XqKeyStatus } from './enums.js';
import { keyPage } from './key.page.js';
import { XqKey, XqKeyConnection } from './key.type.js';

/** What only the provider knows. */
const LIVE_FIELDS = ['status', 'expiresAt'];

/** Which keys there are, and where they stand. */
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
}
