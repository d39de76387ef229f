import { checkAll } from '../../src/check-all.js';
import { ProviderError } from '../../src/provider-error.js';
import { checkTexts, RULES } from '../../src/providers/vipidentity/rules.js';

const FIELD = 'onBehalfOfAccountId';

/**
 * Says of the account too what is wrong with it, where something else that was entered is: every call has one, so the
 * client looks at it last.
 */
export async function tellingAccount<Result>(
  account: string | null | undefined,
  work: () => Promise<Result> | Result,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code !== 'INVALID_INPUT' || error.provider) throw error;
    const isTold = [error, ...error.others].some(({ path }) => path?.[0] === FIELD);
    checkAll([
      () => {
        throw error;
      },
      () => isTold || checkTexts([FIELD, account, RULES.accountId]),
    ]);
    throw error;
  }
}
