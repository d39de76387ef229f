import { Field, ID, InputType, Int } from 'type-graphql';
import { IdOf } from '../../src/subgraph/id-of.js';
import { IDEMPOTENCY_KEY } from '../shared/command.input.js';
import { inputTypes } from '../shared/variants.js';
import { SafeBoxTimeUnit } from './enums.js';

@InputType({ description: 'Which SafeBox is meant.' })
export class SafeBoxActionInput {
  @IdOf('SafeBox')
  @Field(() => ID, { description: 'The SafeBox.' })
  id!: string;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Which message is meant.' })
export class SafeBoxMessageActionInput extends SafeBoxActionInput {
  @IdOf('SafeBoxMessage', 'id')
  @Field(() => ID, { description: 'The message.' })
  messageId!: string;
}

export const inputs = {
  ...inputTypes(SafeBoxActionInput, {
    CloseSafeBoxInput: 'Which SafeBox to close.',
    DeleteSafeBoxContentInput: 'Of which SafeBox to delete the content.',
    MarkSafeBoxAsReadInput: 'Which SafeBox to mark as read.',
    MarkSafeBoxAsUnreadInput: 'Which SafeBox to mark as unread.',
    FollowSafeBoxInput: 'Which SafeBox to be notified of.',
    UnfollowSafeBoxInput: 'Which SafeBox to be no longer notified of.',
  }),
  ...inputTypes(SafeBoxMessageActionInput, {
    MarkSafeBoxMessageAsReadInput: 'Which message to mark as read.',
    MarkSafeBoxMessageAsUnreadInput: 'Which message to mark as unread.',
  }),
};

@InputType({ description: 'Which SafeBox to keep open for how much longer.' })
export class AddTimeToSafeBoxInput extends SafeBoxActionInput {
  @Field(() => Int, {
    description: 'How much, counted from when it would close now; at least 1, and within 100 years.',
  })
  value!: number;

  @Field(() => SafeBoxTimeUnit, { description: 'Unit of value: hours, days, weeks or months.' })
  unit!: string;
}
