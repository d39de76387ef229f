import type { Owner } from '../owner.js';

/** Who is calling: taken from a verified token, or from the signed context a gateway sends to a subgraph service. */
export interface Caller extends Owner {
  readonly scopes: ReadonlySet<string>;
  /** Milliseconds since the epoch; when it passes, the caller's subscriptions end. */
  readonly expiresAt?: number;
}
