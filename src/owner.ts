/** Whom a message, watch, record or session belongs to. Somebody else's things look as if they did not exist. */
export interface Owner {
  readonly tenant: string;
  readonly subject: string;
}

/** One string per owner, unambiguous whatever characters tenant and subject hold. */
export function ownerKey(owner: Owner): string {
  return `${encodeURIComponent(owner.tenant)}/${encodeURIComponent(owner.subject)}`;
}

/** The owner behind what `ownerKey` made. */
export function ownerOf(key: string): Owner {
  const [tenant = '', subject = ''] = key.split('/').map(decodeURIComponent);
  return { tenant, subject };
}
