import { Field, ID, ObjectType } from 'type-graphql';
import { Payload } from '../../src/subgraph/payload.type.js';
import { objectTypes } from '../shared/variants.js';
import { SafeBoxFavorite } from './favorite.type.js';
import { SafeBoxParticipant } from './participant.type.js';

@ObjectType({ description: 'What the answers about one participant have in common.' })
export class SafeBoxParticipantPayload extends Payload {
  @Field(() => SafeBoxParticipant, {
    nullable: true,
    description: 'The participant as it is now; null when there is a problem.',
  })
  participant?: SafeBoxParticipant | null;
}

@ObjectType({ description: 'What the answers about one favorite have in common.' })
export class SafeBoxFavoritePayload extends Payload {
  @Field(() => SafeBoxFavorite, {
    nullable: true,
    description: 'The favorite as it is now; null when there is a problem.',
  })
  favorite?: SafeBoxFavorite | null;
}

export const participantPayloads = objectTypes(SafeBoxParticipantPayload, {
  CreateSafeBoxParticipantPayload: 'Answer to adding somebody.',
  UpdateSafeBoxParticipantPayload: 'Answer to changing a participant.',
  DeleteSafeBoxParticipantContactMethodsPayload: 'Answer to removing telephone numbers of a participant.',
});

export const favoritePayloads = objectTypes(SafeBoxFavoritePayload, {
  CreateSafeBoxFavoritePayload: 'Answer to keeping a favorite.',
  UpdateSafeBoxFavoritePayload: 'Answer to changing a favorite.',
  DeleteSafeBoxFavoriteContactMethodsPayload: 'Answer to removing telephone numbers of a favorite.',
});

@ObjectType({ description: 'Answer to removing a favorite.' })
export class DeleteSafeBoxFavoritePayload extends Payload {
  @Field(() => ID, {
    nullable: true,
    description: 'The `id` of the favorite that is gone; null when there is a problem.',
  })
  deletedId?: string | null;
}
