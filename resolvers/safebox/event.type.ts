import { GraphQLDateTime, GraphQLJSONObject } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';

@ObjectType({
  description: 'One entry of the history of a SafeBox (SendSecure EventHistory; get_safebox_event_history).',
})
export class SafeBoxEvent {
  @Field(() => String, { description: 'What happened, as the provider words it; there is no complete list.' })
  readonly type!: string;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When.' })
  readonly date!: string | null;

  @Field(() => GraphQLJSONObject, { nullable: true, description: 'What belongs to this type of event.' })
  readonly metadata!: Readonly<Record<string, unknown>> | null;

  @Field(() => String, {
    nullable: true,
    description: 'The same as a sentence; holds addresses. Personal data.',
  })
  readonly message!: string | null;
}
