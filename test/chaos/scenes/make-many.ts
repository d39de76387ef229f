const AT_ONCE = 20;
/** For each that is to be made. */
const MOST_TRIES = 5;

/** Makes so many, several at once. One that a busy machine did not make in time is not tried again; there are others. */
export async function makeMany<Made>(
  count: number,
  make: (number: number) => Promise<Made>,
): Promise<Made[]> {
  const made: Made[] = [];
  let number = 0;
  let failure: unknown;
  const work = async (): Promise<void> => {
    while (made.length < count) {
      if (number >= MOST_TRIES * count) throw new Error('Things cannot be made.', { cause: failure });
      try {
        made.push(await make(number++));
      } catch (error) {
        failure = error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, AT_ONCE) }, work));
  return made.slice(0, count);
}
