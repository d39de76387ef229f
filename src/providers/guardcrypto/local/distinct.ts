/** Each once, by the bytes it is written as: one that is there many times says no more than once. */
export function distinct<One>(all: readonly One[], write: (one: One) => Uint8Array): One[] {
  return [...new Map(all.map((one) => [Buffer.from(write(one)).toString('latin1'), one])).values()];
}
