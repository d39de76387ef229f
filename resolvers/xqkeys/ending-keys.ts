import { checkAll } from '../../src/check-all.js';
import { ProviderError } from '../../src/provider-error.js';
import { PROVIDER } from '../../src/providers/xqkeys/errors.js';
import type { XqkeysContext } from './context.js';

/** Ends keys. The provider calls those unknown that the caller has ended before: of them, that is told. */
export async function endingKeys<Result>(
  { caller, services }: XqkeysContext,
  { locator, locators = [] }: { readonly locator?: string; readonly locators?: readonly string[] },
  end: () => Promise<Result>,
): Promise<Result> {
  try {
    return await end();
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code !== 'NOT_FOUND') throw error;
    const asked = locator === undefined ? locators : [locator];
    const known = await services.keys.recorded(caller, asked).catch(() => []);
    checkAll(
      known.map((key, index) => () => {
        if ((key?.record?.revokedAt ?? null) === null) return;
        throw new ProviderError('ALREADY_COMPLETED', {
          provider: PROVIDER,
          reason: 'ALREADY_DONE',
          message: 'The key is revoked already.',
          path: locator === undefined ? ['locators', String(index)] : ['locator'],
        });
      }),
    );
    throw asked.length > 1 ? error.with({ path: ['locators'] }) : error;
  }
}
