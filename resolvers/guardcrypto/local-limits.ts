/** Largest content within a request, bytes; more goes by ticket. */
export const MAX_INLINE_BYTES = 1024 * 1024;
