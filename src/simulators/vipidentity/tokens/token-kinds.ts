/** What can be known of a token by the letters its id begins with. */
export interface TokenKind {
  /** Can answer pushes. */
  readonly push: boolean;
  /** `totp`: shows codes by its clock. `fixed`: always shows the same. */
  readonly codes: 'totp' | 'fixed';
  readonly kind: 'SOFTWARE' | 'HARDWARE';
  readonly categoryId: number;
  readonly formFactor: string;
}

const MOBILE: TokenKind = {
  push: true,
  codes: 'totp',
  kind: 'SOFTWARE',
  categoryId: 70,
  formFactor: 'MOBILE',
};
const DESKTOP: TokenKind = { ...MOBILE, push: false, categoryId: 72, formFactor: 'DESKTOP' };
// Number and word of the hardware category are (assumed).
const HARDWARE: TokenKind = {
  push: false,
  codes: 'fixed',
  kind: 'HARDWARE',
  categoryId: 60,
  formFactor: 'KEY_FOB',
};

const KINDS: ReadonlyMap<string, TokenKind> = new Map([
  ['VSMT', MOBILE],
  ['SYMC', MOBILE],
  ['SYDC', DESKTOP],
  ['VSST', HARDWARE],
  ['VSTZ', HARDWARE],
]);

/** The kind of a token; undefined when the provider never made one with this id. */
export function tokenKind(credentialId: string): TokenKind | undefined {
  return /^[A-Z]{4}\d{8}$/.test(credentialId) ? KINDS.get(credentialId.slice(0, 4)) : undefined;
}
