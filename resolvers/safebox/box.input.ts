import { Field, ID, InputType, Int } from 'type-graphql';
import { SafeBoxTimeUnit } from './enums.js';

/** Description of the key that every mutation with an effect takes. */
export const IDEMPOTENCY_KEY =
  'Any text of yours that names this very request: the same key with the same input answers the first result and sends nothing.';

@InputType({ description: 'Which SafeBox is meant.' })
export abstract class SafeBoxActionInput {
  @Field(() => ID, { description: 'Id of the SafeBox.' })
  id!: string;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Which SafeBox to close.' })
export class CloseSafeBoxInput extends SafeBoxActionInput {}

@InputType({ description: 'Of which SafeBox to delete the content.' })
export class DeleteSafeBoxContentInput extends SafeBoxActionInput {}

@InputType({ description: 'Which SafeBox to mark as read.' })
export class MarkSafeBoxAsReadInput extends SafeBoxActionInput {}

@InputType({ description: 'Which SafeBox to mark as unread.' })
export class MarkSafeBoxAsUnreadInput extends SafeBoxActionInput {}

@InputType({ description: 'Which SafeBox to be notified of.' })
export class FollowSafeBoxInput extends SafeBoxActionInput {}

@InputType({ description: 'Which SafeBox to be no longer notified of.' })
export class UnfollowSafeBoxInput extends SafeBoxActionInput {}

@InputType({ description: 'Which SafeBox to keep open for how much longer.' })
export class AddTimeToSafeBoxInput extends SafeBoxActionInput {
  @Field(() => Int, { description: 'How much, counted from when it would close now; at least 1.' })
  value!: number;

  @Field(() => SafeBoxTimeUnit, { description: 'Unit of value: hours, days, weeks or months.' })
  unit!: string;
}

@InputType({ description: 'Which message to mark as read.' })
export class MarkSafeBoxMessageAsReadInput extends SafeBoxActionInput {
  @Field(() => ID, { description: 'Id of the message.' })
  messageId!: string;
}

@InputType({ description: 'Which message to mark as unread.' })
export class MarkSafeBoxMessageAsUnreadInput extends SafeBoxActionInput {
  @Field(() => ID, { description: 'Id of the message.' })
  messageId!: string;
}
