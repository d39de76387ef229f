import { Field, InputType, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A name and a value, both as the provider writes them (KeyValuePair).' })
export class VipAttribute {
  @Field(() => String, { description: 'Name, such as PUSH_ENABLED or device.tag.' })
  readonly key!: string;

  @Field(() => String, { description: 'Value, always text: true and false too.' })
  readonly value!: string;
}

@InputType({ description: 'A name and a value for the provider (KeyValuePair).' })
export class VipAttributeInput {
  @Field(() => String, { description: 'Name, 1 to 125 characters.' })
  key!: string;

  @Field(() => String, { description: 'Value, at most 250 characters.' })
  value!: string;
}
