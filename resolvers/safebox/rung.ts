import type { RungPerson } from '../../src/subgraph/rings.js';

/** Whoever is invited to a SafeBox is sent an e-mail. */
export function invited(email: string, path: readonly string[]): RungPerson {
  return { kind: 'notice', subject: ['safebox', 'person', email.toLowerCase()], path };
}

/** Everybody in a SafeBox is told of a reply; who that is only the provider knows. */
export function everybodyIn(id: string): RungPerson {
  return { kind: 'notice', subject: ['safebox', 'box', id], path: ['id'] };
}
