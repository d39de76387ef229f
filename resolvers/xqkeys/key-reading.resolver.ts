import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { ProviderError } from '../../src/provider-error.js';
import { PROVIDER } from '../../src/providers/xqkeys/errors.js';
import { checkLocators } from '../../src/providers/xqkeys/rules.js';
import { command } from '../../src/subgraph/command.js';
import { refused } from '../../src/subgraph/problem.type.js';
import type { Refused } from '../../src/subgraph/problem.type.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { KEYS } from './context.js';
import type { XqkeysContext } from './context.js';
import { XqKeyInput, XqKeysInput } from './key.input.js';
import { ReadXqKeyPayload, ReadXqKeysPayload, XqKeyMaterial } from './key.payload.js';

/** The keys themselves. */
@Resolver()
export class XqKeyReadingResolver {
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

/** A key that was read earlier, and has ended since or belongs to another session. */
function gone(): Refused {
  return refused(new ProviderError('NOT_FOUND', { provider: PROVIDER, path: ['locator'] }));
}
