import { ProviderError } from './provider-error.js';

/**
 * Makes every check, so that a form can show all that is wrong at once.
 * @throws ProviderError the first one, with the others in it
 */
export function checkAll(checks: readonly (() => unknown)[]): void {
  const [first, ...others] = checks.flatMap(problemsOf);
  if (!first) return;
  const { code, message, path, provider, providerCode, reason, cause } = first;
  throw new ProviderError(code, { message, path, provider, providerCode, reason, cause, others });
}

function problemsOf(check: () => unknown): ProviderError[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof ProviderError) return [error, ...error.others];
    throw error;
  }
}
