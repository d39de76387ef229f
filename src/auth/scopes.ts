import type { Caller } from './caller.js';

/** Whether the caller has all scopes of at least one of the lists, as `@requiresScopes` means it. No list, no access. */
export function hasScopes(caller: Caller, anyOf: readonly (readonly string[])[]): boolean {
  return anyOf.some((all) => all.every((scope) => caller.scopes.has(scope)));
}
