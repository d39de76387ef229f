import { Field, ObjectType } from 'type-graphql';
import { Problem } from '../../src/subgraph/problem.type.js';
import { SafeBox } from './box.type.js';

@ObjectType({ description: 'What the answers about one SafeBox have in common.' })
abstract class SafeBoxPayload {
  @Field(() => SafeBox, {
    nullable: true,
    description:
      'The SafeBox as it stands now; null when there is a problem, or when it could not be read after the change.',
  })
  safeBox?: SafeBox | null;

  @Field(() => Problem, { nullable: true, description: 'Why it was not done; null when it was.' })
  problem?: Problem;
}

@ObjectType({ description: 'Answer to closing a SafeBox.' })
export class CloseSafeBoxPayload extends SafeBoxPayload {}

@ObjectType({ description: 'Answer to deleting the content of a SafeBox.' })
export class DeleteSafeBoxContentPayload extends SafeBoxPayload {}

@ObjectType({ description: 'Answer to marking a SafeBox as read.' })
export class MarkSafeBoxAsReadPayload extends SafeBoxPayload {}

@ObjectType({ description: 'Answer to marking a SafeBox as unread.' })
export class MarkSafeBoxAsUnreadPayload extends SafeBoxPayload {}

@ObjectType({ description: 'Answer to marking a message as read.' })
export class MarkSafeBoxMessageAsReadPayload extends SafeBoxPayload {}

@ObjectType({ description: 'Answer to marking a message as unread.' })
export class MarkSafeBoxMessageAsUnreadPayload extends SafeBoxPayload {}

@ObjectType({ description: 'Answer to following a SafeBox.' })
export class FollowSafeBoxPayload extends SafeBoxPayload {}

@ObjectType({ description: 'Answer to no longer following a SafeBox.' })
export class UnfollowSafeBoxPayload extends SafeBoxPayload {}

@ObjectType({ description: 'Answer to keeping a SafeBox open for longer.' })
export class AddTimeToSafeBoxPayload extends SafeBoxPayload {}

@ObjectType({ description: 'Answer to writing into a SafeBox.' })
export class ReplyToSafeBoxPayload extends SafeBoxPayload {}
