import { Arg, Ctx, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { HubEvent } from '../../src/live/event-reader.js';
import type { KeyChange, KeyState } from '../../src/providers/xqkeys/key-watch.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { ChangeEvent } from '../shared/change-event.type.js';
import { mapEvents } from '../../src/subgraph/map-events.js';
import { READ } from './context.js';
import type { XqkeysContext } from './context.js';
import { XqKeyChangeKind, XqKeyStatus } from './enums.js';
import { XqKey } from './key.type.js';

@ObjectType({ description: 'One thing about a key that is different now.' })
export class XqKeyDifference {
  @Field(() => XqKeyChangeKind, { description: 'What has changed.' })
  readonly kind!: string;

  @Field(() => XqKeyStatus, { nullable: true, description: 'Status before; null on the first event.' })
  readonly from!: string | null;

  @Field(() => XqKeyStatus, { description: 'Status now.' })
  readonly to!: string;
}

@ObjectType({ description: 'A key has changed; the first event of a subscription is its current state.' })
export class XqKeyChange extends ChangeEvent {
  readonly #locator: string;
  readonly #state: KeyState | null;

  constructor(locator: string, hubEvent: HubEvent<KeyState, KeyChange>) {
    super(hubEvent);
    this.#locator = locator;
    this.#state = hubEvent.event.state;
    this.changes = hubEvent.event.changes;
  }

  @Field(() => [XqKeyDifference], { description: 'What is different from the event before.' })
  readonly changes: readonly XqKeyDifference[];

  @Field(() => XqKey, { description: 'The key as of this event; its recipients as of now.' })
  async xqKey(@Ctx() { caller, services }: XqkeysContext): Promise<XqKey> {
    const bare = { locator: this.#locator, status: null, expiresAt: null, record: null };
    return new XqKey(
      this.#state === null ? bare : await services.keys.at(caller, this.#locator, this.#state),
    );
  }
}

@Resolver()
export class XqKeyEvents {
  @RequiresScope(READ)
  @Subscription(() => XqKeyChange, {
    description:
      'The life of a key that you may read: its current state at once, then every observed change; completes when it is expired, revoked or used up, or when your session ends. The key is never fetched for that.',
    async subscribe({ args, context }: { args: ChangedArgs; context: XqkeysContext }) {
      const { locator, after } = args;
      const events = await context.services.keys.follow(context.caller, locator, after);
      return mapEvents(events, (event) => new XqKeyChange(locator, event));
    },
  })
  xqKeyChanged(
    @Arg('locator', () => ID, { description: 'Locator of the key.' }) _locator: string,
    @Arg('after', () => String, {
      nullable: true,
      description: 'Resume behind this cursor, without gap or repeat; a cursor is good for one session.',
    })
    _after: string | undefined,
    @Root() change: XqKeyChange,
    @Ctx() _context: XqkeysContext,
  ): XqKeyChange {
    return change;
  }
}

interface ChangedArgs {
  readonly locator: string;
  readonly after?: string;
}
