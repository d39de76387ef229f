import { definePerson } from '../../src/subgraph/define-person.js';
import type { PersonReference } from '../../src/subgraph/person.js';

export const Person = definePerson();
export type Person = PersonReference;
