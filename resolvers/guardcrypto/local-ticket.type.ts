import { GraphQLDateTime, GraphQLSafeInt } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'A permission to send content once. The answer to it is what was asked for: the encrypted message, or the report as JSON, with the names it has here and without the content.',
})
export class GuardLocalUploadTicket {
  @Field(() => String, {
    description:
      'Where; relative to this server unless it knows its public address. Whoever has it can use it.',
  })
  readonly url!: string;

  @Field(() => String, { description: 'HTTP method: PUT, with the bytes as the body.' })
  readonly method!: string;

  @Field(() => GraphQLSafeInt, { description: 'How many bytes at the most.' })
  readonly maxBytes!: number;

  @Field(() => GraphQLDateTime, { description: 'Until when.' })
  readonly expiresAt!: Date;
}
