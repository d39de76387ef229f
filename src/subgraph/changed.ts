import { Arg, Ctx, Resolver, Root, Subscription } from 'type-graphql';
import type { ClassType } from 'type-graphql';
import type { SubgraphContext } from './context.js';
import { CallsProvider } from './cost.js';
import { IdOf } from './id-of.js';
import { mapEvents } from './map-events.js';
import { RequiresScope } from './scopes.js';

/** An argument of a subscription besides `after`. */
export interface ChangedArgument {
  readonly type: () => object;
  readonly description: string;
  readonly defaultValue?: unknown;
  readonly nullable?: boolean;
  /** Of an id: what it names, as `IdOf` takes it. */
  readonly names?: readonly [type: string, ...within: string[]];
}

export interface ChangedField<Services, Args, Event, Change extends object> {
  /** Name of the subscription. */
  readonly name: string;
  readonly scope: string;
  readonly description: string;
  readonly type: () => ClassType<Change> | (abstract new (...args: never[]) => Change);
  /** By name, in the order of the schema; `after` is the last of every subscription. */
  readonly args?: Readonly<Record<string, ChangedArgument>>;
  /** Calls to its provider that it begins with. Default 1. */
  readonly calls?: number;
  /** Description of `after`, where a cursor has bounds of its own. */
  readonly after?: string;
  /** The events, and what each is in the graph. Whatever is watched is watched by the services. */
  readonly follow: (
    args: Args & { readonly after?: string | undefined },
    context: SubgraphContext<Services>,
  ) => Promise<{
    readonly events: AsyncIterator<Event>;
    readonly toChange: (event: Event) => Change;
  }>;
}

const AFTER = 'Resume behind this cursor, without gap or repeat.';

/** A resolver of one subscription field: the current state at once, then every change, resumed behind a cursor. */
export function changed<Services, Args extends object, Event, Change extends object>(
  field: ChangedField<Services, Args, Event, Change>,
): ClassType {
  const { name, scope, description, type, args = {}, after = AFTER, calls, follow } = field;

  class Changed {
    [name](change: Change): Change {
      return change;
    }
  }
  const target = Changed.prototype;
  const descriptor = Object.getOwnPropertyDescriptor(target, name) ?? {};
  Root()(target, name, 0);
  // As decorators of parameters are applied: from the last to the first.
  const parameters: readonly (readonly [string, ChangedArgument])[] = [
    ...Object.entries(args),
    ['after', { type: () => String, nullable: true, description: after }],
  ];
  parameters.toReversed().forEach(([argument, { type: typeOf, names, ...options }], reversed) => {
    const place = parameters.length - reversed;
    Arg(argument, typeOf as () => StringConstructor, options)(target, name, place);
    if (names) IdOf(...names)(target, name, place);
  });
  Ctx()(target, name, parameters.length + 1);
  Subscription(type as () => ClassType<Change>, {
    description,
    subscribe: async ({ args: given, context }) => {
      const { events, toChange } = await follow(
        given as Args & { after?: string },
        context as SubgraphContext<Services>,
      );
      return mapEvents(events, toChange);
    },
  })(target, name, descriptor);
  RequiresScope(scope)(target, name, descriptor);
  if (calls !== undefined) CallsProvider(calls)(target, name, descriptor);
  Resolver()(Changed);
  return Changed;
}
