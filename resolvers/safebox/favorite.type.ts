import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';
import { SafeBoxContactMethod } from './contact-method.type.js';
import { Person } from './person.type.js';

@Identified<SafeBoxFavorite>(({ id }) => [id])
@ObjectType({ description: 'Somebody a user writes to often (SendSecure Favorite; get_favorites).' })
export class SafeBoxFavorite {
  @Field(() => ID, { name: 'favoriteId', description: 'Its number at the provider.' })
  readonly id!: string;

  @Field(() => String, { description: 'E-mail address.' })
  readonly email!: string;

  @Field(() => String, { nullable: true, description: 'First name.' })
  readonly firstName!: string | null;

  @Field(() => String, { nullable: true, description: 'Last name.' })
  readonly lastName!: string | null;

  @Field(() => String, { nullable: true, description: 'Company.' })
  readonly companyName!: string | null;

  @Field(() => [SafeBoxContactMethod], { nullable: true, description: 'Telephone numbers.' })
  readonly contactMethods!: readonly SafeBoxContactMethod[] | null;

  @Field(() => Int, { nullable: true, description: 'Place among the favorites.' })
  readonly orderNumber!: number | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was made (created_at).' })
  readonly createdAt!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was last changed (updated_at).' })
  readonly updatedAt!: string | null;

  @Field(() => Person, {
    nullable: true,
    description: 'The person behind the address; null when it is none.',
  })
  readonly person!: Person | null;
}

@Identified<SafeBoxRecipientSuggestion>(({ type, recipientId }) => [type, recipientId])
@ObjectType({ description: 'Somebody who fits what was typed (search_recipient).' })
export class SafeBoxRecipientSuggestion {
  @Field(() => ID, { description: 'Id of the favorite or user.' })
  readonly recipientId!: string;

  @Field(() => String, { description: '`favorite` or `user`.' })
  readonly type!: string;

  @Field(() => String, { description: 'E-mail address.' })
  readonly email!: string;

  @Field(() => String, { nullable: true, description: 'First name.' })
  readonly firstName!: string | null;

  @Field(() => String, { nullable: true, description: 'Last name.' })
  readonly lastName!: string | null;

  @Field(() => String, { nullable: true, description: 'Company.' })
  readonly companyName!: string | null;

  @Field(() => Person, {
    nullable: true,
    description: 'The person behind the address; null when it is none.',
  })
  readonly person!: Person | null;
}
