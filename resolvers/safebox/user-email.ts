import { requireEmailAddress } from '../../src/subgraph/email-address.js';

/** Checks the address of the acting user; none is none. @throws ProviderError INVALID_INPUT */
export function checkUserEmail(userEmail: string | null | undefined): void {
  if (userEmail !== undefined && userEmail !== null) requireEmailAddress(['userEmail'], userEmail);
}
