import { Field, ID, ObjectType } from 'type-graphql';
import { Problem } from '../../src/subgraph/problem.type.js';
import { SafeBoxFavorite } from './favorite.type.js';
import { SafeBoxParticipant } from './participant.type.js';

@ObjectType({ description: 'What the answers about one participant have in common.' })
abstract class SafeBoxParticipantPayload {
  @Field(() => SafeBoxParticipant, {
    nullable: true,
    description: 'The participant as it is now; null when there is a problem.',
  })
  participant?: SafeBoxParticipant | null;

  @Field(() => Problem, { nullable: true, description: 'Why it was not done; null when it was.' })
  problem?: Problem;
}

@ObjectType({ description: 'What the answers about one favorite have in common.' })
abstract class SafeBoxFavoritePayload {
  @Field(() => SafeBoxFavorite, {
    nullable: true,
    description: 'The favorite as it is now; null when there is a problem.',
  })
  favorite?: SafeBoxFavorite | null;

  @Field(() => Problem, { nullable: true, description: 'Why it was not done; null when it was.' })
  problem?: Problem;
}

@ObjectType({ description: 'Answer to adding somebody.' })
export class CreateSafeBoxParticipantPayload extends SafeBoxParticipantPayload {}

@ObjectType({ description: 'Answer to changing a participant.' })
export class UpdateSafeBoxParticipantPayload extends SafeBoxParticipantPayload {}

@ObjectType({ description: 'Answer to removing telephone numbers of a participant.' })
export class DeleteSafeBoxParticipantContactMethodsPayload extends SafeBoxParticipantPayload {}

@ObjectType({ description: 'Answer to keeping a favorite.' })
export class CreateSafeBoxFavoritePayload extends SafeBoxFavoritePayload {}

@ObjectType({ description: 'Answer to changing a favorite.' })
export class UpdateSafeBoxFavoritePayload extends SafeBoxFavoritePayload {}

@ObjectType({ description: 'Answer to removing telephone numbers of a favorite.' })
export class DeleteSafeBoxFavoriteContactMethodsPayload extends SafeBoxFavoritePayload {}

@ObjectType({ description: 'Answer to removing a favorite.' })
export class DeleteSafeBoxFavoritePayload {
  @Field(() => ID, {
    nullable: true,
    description: 'Id of the favorite that is gone; null when there is a problem.',
  })
  deletedId?: string | null;

  @Field(() => Problem, { nullable: true, description: 'Why it was not done; null when it was.' })
  problem?: Problem;
}
