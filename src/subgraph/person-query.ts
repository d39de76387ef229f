import { Arg, Directive, Query, Resolver } from 'type-graphql';
import type { ClassType } from 'type-graphql';
import { requirePerson } from './person.js';
import type { PersonReference } from './person.js';

/**
 * `person(email:)` of one subgraph. Every subgraph has it, so that no query pays a hop just to begin.
 * @param Person the type as this subgraph declares it
 */
export function personQuery<Person extends PersonReference>(Person: ClassType<Person>): ClassType {
  @Resolver()
  class PersonQuery {
    @Directive('@shareable')
    @Query(() => Person, {
      nullable: true,
      description: 'A person by e-mail address, with what each provider knows.',
    })
    person(
      @Arg('email', () => String, { description: 'E-mail address; case does not matter.' }) email: string,
    ): PersonReference {
      return requirePerson(email);
    }
  }
  return PersonQuery;
}
