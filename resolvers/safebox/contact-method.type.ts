import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A telephone number that receives codes (SendSecure ContactMethod).' })
export class SafeBoxContactMethod {
  @Field(() => ID, {
    description: 'Names it among all objects of the graph; for changing or removing it. Opaque.',
  })
  readonly id!: string;

  @Field(() => ID, { description: 'Id at the provider; good for the same.' })
  readonly contactMethodId!: string;

  @Field(() => String, { description: 'The number. Personal data.' })
  readonly destination!: string;

  @Field(() => String, { description: '`home_phone`, `cell_phone`, `office_phone` or `other_phone`.' })
  readonly destinationType!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether a code has come back from it; null for those of favorites.',
  })
  readonly verified!: boolean | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was made (created_at).' })
  readonly createdAt!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was last changed (updated_at).' })
  readonly updatedAt!: string | null;
}
