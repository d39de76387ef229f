import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';
import { SafeBoxPhoneType } from './enums.js';

/** Whose telephone numbers are meant: the names of a guest of a SafeBox, or of a favorite. */
export type NumbersOf = readonly string[];

@Identified<SafeBoxContactMethod>(({ of, contactMethodId }) => [...of, contactMethodId])
@ObjectType({ description: 'A telephone number that receives codes (SendSecure ContactMethod).' })
export class SafeBoxContactMethod {
  /** Whose it is. */
  readonly of!: NumbersOf;

  @Field(() => ID, { description: 'Its number at the provider.' })
  readonly contactMethodId!: string;

  @Field(() => String, { description: 'The number. Personal data.' })
  readonly destination!: string;

  @Field(() => String, {
    description: "The provider's word for it.",
  })
  readonly providerDestinationType!: string;

  @Field(() => SafeBoxPhoneType, { description: 'What sort of telephone.' })
  readonly destinationType!: string;

  @Field(() => Boolean, {
    name: 'isVerified',
    nullable: true,
    description: 'Whether a code has come back from it; null for those of favorites.',
  })
  readonly verified!: boolean | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was made (created_at).' })
  readonly createdAt!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was last changed (updated_at).' })
  readonly updatedAt!: string | null;
}
