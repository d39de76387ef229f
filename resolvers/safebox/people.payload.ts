import { Field, ID, ObjectType } from 'type-graphql';
import { Problem } from '../../src/subgraph/problem.type.js';
import { objectTypes } from '../shared/variants.js';
import { SafeBoxFavorite } from './favorite.type.js';
import { SafeBoxParticipant } from './participant.type.js';

@ObjectType({ description: 'What the answers about one participant have in common.' })
export class SafeBoxParticipantPayload {
  @Field(() => SafeBoxParticipant, {
    nullable: true,
    description: 'The participant as it is now; null when there is a problem.',
  })
  participant?: SafeBoxParticipant | null;

  @Field(() => Problem, { nullable: true, description: 'Why it was not done; null when it was.' })
  problem?: Problem;

  @Field(() => [Problem], {
    nullable: true,
    description: 'All that is wrong, as far as it is known at once, `problem` first; null when it was done.',
  })
  problems?: readonly Problem[];
}

@ObjectType({ description: 'What the answers about one favorite have in common.' })
export class SafeBoxFavoritePayload {
  @Field(() => SafeBoxFavorite, {
    nullable: true,
    description: 'The favorite as it is now; null when there is a problem.',
  })
  favorite?: SafeBoxFavorite | null;

  @Field(() => Problem, { nullable: true, description: 'Why it was not done; null when it was.' })
  problem?: Problem;

  @Field(() => [Problem], {
    nullable: true,
    description: 'All that is wrong, as far as it is known at once, `problem` first; null when it was done.',
  })
  problems?: readonly Problem[];
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
export class DeleteSafeBoxFavoritePayload {
  @Field(() => ID, {
    nullable: true,
    description: 'The `id` of the favorite that is gone; null when there is a problem.',
  })
  deletedId?: string | null;

  @Field(() => Problem, { nullable: true, description: 'Why it was not done; null when it was.' })
  problem?: Problem;
}
