import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../../src/subgraph/payload.type.js';
import { objectTypes } from '../shared/variants.js';
import { SafeBox } from './box.type.js';

@ObjectType({ description: 'What the answers about one SafeBox have in common.' })
export class SafeBoxPayload extends Payload {
  @Field(() => SafeBox, {
    nullable: true,
    description:
      'The SafeBox as it stands now; null when there is a problem, or when it could not be read after the change.',
  })
  safeBox?: SafeBox | null;
}

export const payloads = objectTypes(SafeBoxPayload, {
  CloseSafeBoxPayload: 'Answer to closing a SafeBox.',
  DeleteSafeBoxContentPayload: 'Answer to deleting the content of a SafeBox.',
  MarkSafeBoxAsReadPayload: 'Answer to marking a SafeBox as read.',
  MarkSafeBoxAsUnreadPayload: 'Answer to marking a SafeBox as unread.',
  MarkSafeBoxMessageAsReadPayload: 'Answer to marking a message as read.',
  MarkSafeBoxMessageAsUnreadPayload: 'Answer to marking a message as unread.',
  FollowSafeBoxPayload: 'Answer to following a SafeBox.',
  UnfollowSafeBoxPayload: 'Answer to no longer following a SafeBox.',
  AddTimeToSafeBoxPayload: 'Answer to keeping a SafeBox open for longer.',
  ReplyToSafeBoxPayload: 'Answer to writing into a SafeBox.',
});
