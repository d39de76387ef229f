/** ISO 8601, UTC, with milliseconds. @param at milliseconds since the epoch. */
export function date(at: number): string {
  return new Date(at).toISOString();
}

export function dateOrNull(at: number | null): string | null {
  return at === null ? null : date(at);
}
