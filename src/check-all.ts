import { ProviderError } from './provider-error.js';

type Results<Checks extends readonly (() => unknown)[]> = {
  -readonly [Place in keyof Checks]: ReturnType<Checks[Place]>;
};

/**
 * Makes every check, so that a form can show all that is wrong at once.
 * @returns what each of them answers
 * @throws ProviderError the first one, with the others in it
 */
export function checkAll<const Checks extends readonly (() => unknown)[]>(checks: Checks): Results<Checks> {
  const problems: ProviderError[] = [];
  const results = checks.map((check) => {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      return void problems.push(error, ...error.others);
    }
  });
  const [first, ...others] = problems;
  if (!first) return results as Results<Checks>;
  throw others.length === 0 ? first : first.with({ others, cause: first.cause });
}

/** The same of checks that take their time: all are made, at once. */
export async function checkAllSoon<const Checks extends readonly (() => unknown)[]>(
  checks: Checks,
): Promise<{ -readonly [Place in keyof Checks]: Awaited<ReturnType<Checks[Place]>> }> {
  const settled = await Promise.allSettled(checks.map(async (check) => check()));
  const results = checkAll(
    settled.map((one) => () => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    }),
  );
  return results as { -readonly [Place in keyof Checks]: Awaited<ReturnType<Checks[Place]>> };
}
