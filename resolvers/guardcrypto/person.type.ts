import { Directive, Field, ObjectType } from 'type-graphql';

@Directive('@key(fields: "email")')
@ObjectType({ description: 'A person, known by e-mail address. Each provider adds what it knows.' })
export class Person {
  @Field(() => String, { description: 'E-mail address, in lower case.' })
  readonly email!: string;
}
