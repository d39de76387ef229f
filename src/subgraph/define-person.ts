import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { ClassType } from 'type-graphql';
import type { PersonReference } from './person.js';

/** The type `Person` of one subgraph, which adds its own fields to it. */
export function definePerson(): ClassType<PersonReference> {
  @Directive('@key(fields: "email")')
  @ObjectType({ description: 'A person, known by e-mail address. Each provider adds what it knows.' })
  class Person {
    @Directive('@shareable')
    @Field(() => ID, { description: 'Names them among all objects of the graph. Opaque.' })
    readonly id!: string;

    @Field(() => String, { description: 'E-mail address, in lower case.' })
    readonly email!: string;
  }
  return Person;
}
