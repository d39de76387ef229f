import {
  changeContactMethods,
  type ContactMethod,
  type ContactMethodChange,
  type Numbering,
} from './contact-methods.js';

/** What a request says of a guest or a favorite; absent means unchanged. */
export interface PersonChange {
  readonly email?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly companyName?: string | undefined;
  readonly contactMethods: readonly ContactMethodChange[];
}

interface Person {
  email: string;
  firstName: string;
  lastName: string;
  companyName: string;
  contactMethods: ContactMethod[];
  updatedAt: number;
}

export function changePerson(numbering: Numbering, person: Person, change: PersonChange, at: number): void {
  person.email = change.email ?? person.email;
  person.firstName = change.firstName ?? person.firstName;
  person.lastName = change.lastName ?? person.lastName;
  person.companyName = change.companyName ?? person.companyName;
  person.contactMethods = changeContactMethods(numbering, person.contactMethods, change.contactMethods, at);
  person.updatedAt = at;
}
