import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { checkAll } from '../../src/check-all.js';
import { checkSegments } from '../../src/providers/kit/path.js';
import { ProviderError } from '../../src/provider-error.js';
import { requireWhole } from '../../src/providers/kit/parse.js';
import type { Access } from '../../src/providers/safebox/access.js';
import type { Favorite } from '../../src/providers/safebox/wire/people.js';
import { PROVIDER } from '../../src/providers/safebox/errors.js';
import { command } from '../../src/subgraph/command.js';
import { globalId } from '../../src/subgraph/global-id.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import type { RungPerson } from '../../src/subgraph/rings.js';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { checkGiven } from '../../src/check-given.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { WRITE } from './context.js';
import type { SafeboxContext } from './context.js';
import {
  CreateSafeBoxFavoriteInput,
  DeleteSafeBoxFavoriteContactMethodsInput,
  DeleteSafeBoxFavoriteInput,
  UpdateSafeBoxFavoriteInput,
} from './people.input.js';
import type { SafeBoxFavoritePayload } from './people.payload.js';
import { DeleteSafeBoxFavoritePayload, favoritePayloads } from './people.payload.js';
import { numberIdOf, numbersOfFavorite, toFavorite } from './identified.js';
import {
  clearing,
  hasAny,
  isSamePerson,
  namingNumbers,
  removalOf,
  requireNamedNumbers,
  requireNumbers,
  requirePersonChange,
  toPersonChange,
} from './person-change.js';
import { pathOfPerson, under } from './input-path.js';
import { beforehand, locating, naming, renaming } from './refusals.js';

const FAVORITES = { provider: PROVIDER, operation: 'getFavorites', kind: 'read' } as const;

@Resolver()
export class SafeBoxFavoriteResolver {
  @RequiresScope(WRITE)
  @CallsProvider(2)
  @Mutation(() => favoritePayloads.CreateSafeBoxFavoritePayload, {
    description: 'Keeps somebody as a favorite (create_favorite).',
  })
  createSafeBoxFavorite(
    @Arg('input', () => CreateSafeBoxFavoriteInput, { description: 'Whom.' })
    input: CreateSafeBoxFavoriteInput,
    @Ctx() context: SafeboxContext,
  ): Promise<SafeBoxFavoritePayload> {
    const { begun, client } = context.services;
    const { favorite, userId = null, idempotencyKey } = input;
    const operation = 'createSafeBoxFavorite';
    const person = () => toPersonChange(favorite, ['favorite']);
    const steps = begun.adding(
      { call: context, operation, idempotencyKey },
      {
        list: (access) => client.people.favorites(access, userId),
        add: (access) =>
          renaming(
            (field) => under('favorite', pathOfPerson(field, favorite)),
            () => client.people.createFavorite(access, userId, person()),
          ),
        isUnique: true,
        isAdded: (other) => isSamePerson(other, favorite),
        toSent: (other) => other,
        reference: undefined,
      },
    );
    return changeFavorite(context, operation, input, { check: person, rings: NOBODY, ...steps });
  }

  @RequiresScope(WRITE)
  @CallsProvider(2)
  @Mutation(() => favoritePayloads.UpdateSafeBoxFavoritePayload, {
    description: 'Changes a favorite (update_favorite).',
  })
  updateSafeBoxFavorite(
    @Arg('input', () => UpdateSafeBoxFavoriteInput, { description: 'What.' })
    input: UpdateSafeBoxFavoriteInput,
    @Ctx() context: SafeboxContext,
  ): Promise<SafeBoxFavoritePayload> {
    const { people } = context.services.client;
    const { userId = null, id, idempotencyKey: _key, ...change } = input;
    const person = () => clearing(toPersonChange(namingNumbers(change, numbersOfFavorite(id)), []));
    return changeFavorite(context, 'updateSafeBoxFavorite', input, {
      check: () => checkAll([() => requirePersonChange(change), person]),
      rings: NOBODY,
      async effect(access) {
        const given = person();
        await requireNamedNumbers(given, () => beforehand(() => numbersOf(context, access, input)));
        return renaming(
          (field) => pathOfPerson(field, change),
          () => naming(id, () => people.updateFavorite(access, userId, id, given)),
        );
      },
    });
  }

  @RequiresScope(WRITE)
  @CallsProvider(3)
  @Mutation(() => favoritePayloads.DeleteSafeBoxFavoriteContactMethodsPayload, {
    description: 'Removes telephone numbers of a favorite (delete_favorite_contact_methods).',
  })
  deleteSafeBoxFavoriteContactMethods(
    @Arg('input', () => DeleteSafeBoxFavoriteContactMethodsInput, { description: 'Which.' })
    input: DeleteSafeBoxFavoriteContactMethodsInput,
    @Ctx() context: SafeboxContext,
  ): Promise<SafeBoxFavoritePayload> {
    const { people } = context.services.client;
    const { userId = null, id } = input;
    const contactMethodIds = input.contactMethodIds.map((one) => numberIdOf(numbersOfFavorite(id), one));
    return changeFavorite(context, 'deleteSafeBoxFavoriteContactMethods', input, {
      check: () => checkGiven('contactMethodIds', contactMethodIds),
      rings: NOBODY,
      async effect(access) {
        requireNumbers(contactMethodIds, await beforehand(() => numbersOf(context, access, input)));
        return naming(id, () => people.updateFavorite(access, userId, id, removalOf(contactMethodIds)));
      },
      async ask(access) {
        const sent = await find(context, access, input);
        return hasAny(FAVORITES, sent.contactMethods, contactMethodIds) ? undefined : { sent };
      },
    });
  }

  @RequiresScope(WRITE)
  @CallsProvider(2)
  @Mutation(() => DeleteSafeBoxFavoritePayload, { description: 'Removes a favorite (delete_favorite).' })
  deleteSafeBoxFavorite(
    @Arg('input', () => DeleteSafeBoxFavoriteInput, { description: 'Which.' })
    input: DeleteSafeBoxFavoriteInput,
    @Ctx() context: SafeboxContext,
  ): Promise<DeleteSafeBoxFavoritePayload> {
    const { accesses, client } = context.services;
    const { id, userId = null } = input;
    return command(context, 'deleteSafeBoxFavorite', input, {
      prepare: () => {
        checkIds(input);
        return accesses.of(context);
      },
      rings: NOBODY,
      effect: async (access) => {
        await locatingFavorite(context, access, input, () =>
          naming(id, () => client.people.deleteFavorite(access, userId, id)),
        );
        return id;
      },
      ask: async (access) => {
        const favorites = await client.people.favorites(access, userId);
        return hasAny(FAVORITES, favorites, [id]) ? undefined : { sent: id };
      },
      answer: (deleted) => ({ deletedId: globalId('SafeBoxFavorite', deleted) }),
    });
  }
}

/** Whose telephone numbers are meant. */
type Meant = Pick<UpdateSafeBoxFavoriteInput, 'userId' | 'id'>;

/** @throws ProviderError NOT_FOUND */
async function find(
  { services }: SafeboxContext,
  access: Access,
  { userId = null, id }: Meant,
): Promise<Favorite> {
  const favorites = await services.client.people.favorites(access, userId);
  const found = favorites.find((favorite) => favorite.id === id);
  if (!found) requireWhole(FAVORITES, favorites);
  if (!found) throw new ProviderError('NOT_FOUND', { path: ['id'] });
  return found;
}

async function numbersOf(context: SafeboxContext, access: Access, meant: Meant) {
  return (await find(context, access, meant)).contactMethods;
}

interface FavoriteIds {
  readonly userId?: string | null;
  readonly id?: string;
}

/** @throws ProviderError INVALID_INPUT */
function checkIds({ userId, id }: FavoriteIds): void {
  checkSegments({ userId, id });
}

/** Says whether it is the user or the favorite that is not there. */
function locatingFavorite<Result>(
  { services }: SafeboxContext,
  access: Access,
  { userId = null, id }: FavoriteIds,
  change: () => Promise<Result>,
): Promise<Result> {
  const located = { outer: 'userId', inner: id === undefined ? undefined : 'id' };
  return userId === null
    ? change()
    : locating(located, () => services.client.people.favorites(access, userId), change);
}

/** How a favorite is changed, and how it is found out whether that has happened where it can be. */
interface Steps {
  /** @throws ProviderError INVALID_INPUT */
  readonly check?: () => unknown;
  /** Whose attention it takes, or `NOBODY`. */
  readonly rings: () => readonly RungPerson[];
  readonly effect: (access: Access) => Promise<Favorite>;
  readonly ask?: (access: Access) => Promise<{ readonly sent: Favorite } | undefined>;
}

function changeFavorite<Input extends FavoriteIds & { idempotencyKey?: string | null }>(
  context: SafeboxContext,
  operation: string,
  input: Input,
  { check, rings, effect, ask }: Steps,
): Promise<SafeBoxFavoritePayload> {
  return command(context, operation, input, {
    prepare: () => {
      checkAll([() => checkIds(input), () => check?.()]);
      return context.services.accesses.of(context);
    },
    rings,
    effect: (access) => locatingFavorite(context, access, input, () => effect(access)),
    ...(ask && { ask }),
    answer: (favorite) => ({ favorite: toFavorite(favorite) }),
  });
}
