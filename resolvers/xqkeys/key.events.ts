import { Ctx, Field, ID, ObjectType } from 'type-graphql';
import type { KeyState } from '../../src/providers/xqkeys/key-watch.js';
import { changed } from '../../src/subgraph/changed.js';
import { ChangeEvent } from '../shared/change-event.type.js';
import { READ } from './context.js';
import type { XqkeysContext } from './context.js';
import { XqKeyChangeKind, XqKeyStatus } from './enums.js';
import { XqKey } from './key.type.js';
import type { KeyEvent } from './key-watches.js';

@ObjectType({ description: 'One thing about a key that is different now.' })
export class XqKeyDifference {
  @Field(() => XqKeyChangeKind, { description: 'What has changed.' })
  readonly kind!: string;

  @Field(() => XqKeyStatus, { nullable: true, description: 'Status before; null on the first event.' })
  readonly from!: string | null;

  @Field(() => XqKeyStatus, { description: 'Status now.' })
  readonly to!: string;
}

@ObjectType({
  implements: ChangeEvent,
  description: 'A key has changed; the first event of a subscription is its current state.',
})
export class XqKeyChange extends ChangeEvent {
  readonly #locator: string;
  readonly #state: KeyState | null;

  constructor(locator: string, hubEvent: KeyEvent) {
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

export const XqKeyEvents = changed({
  name: 'xqKeyChanged',
  scope: READ,
  type: () => XqKeyChange,
  description:
    'The life of a key that you may read: its current state at once, then every observed change; completes when it is expired, revoked or used up, or when your session ends. The key is never fetched for that.',
  args: { locator: { type: () => ID, names: ['XqKey'], description: 'Locator of the key.' } },
  after: 'Resume behind this cursor, without gap or repeat; a cursor is good for one session.',
  async follow({ locator, after }: { locator: string; after?: string | undefined }, context: XqkeysContext) {
    const { sessions, keyWatches } = context.services;
    const access = await sessions.access(context);
    const events = await keyWatches.follow(context.caller, access, locator, after);
    return { events, toChange: (event: KeyEvent) => new XqKeyChange(locator, event) };
  },
});
