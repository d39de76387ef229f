import { Directive, Field, ObjectType } from 'type-graphql';
import type { ClassType } from 'type-graphql';
import { Identified } from './identified.js';
import type { PersonReference } from './person.js';

/** The type `Person` of one subgraph, which adds its own fields to it. */
export function definePerson(): ClassType<PersonReference> {
  @Identified<PersonReference>(({ email }) => [email])
  @Directive('@key(fields: "email")')
  @Directive('@key(fields: "id")')
  @ObjectType({ description: 'A person, known by e-mail address. Each provider adds what it knows.' })
  class Person {
    @Field(() => String, { description: 'E-mail address, in lower case.' })
    readonly email!: string;
  }
  return Person;
}
