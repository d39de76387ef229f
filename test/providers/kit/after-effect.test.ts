import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterEffect } from '../../../src/providers/kit/after-effect.js';
import { ProviderError } from '../../../src/provider-error.js';

test('what fails after an effect never looks as if the call could be repeated', async () => {
  const cause = new ProviderError('PROVIDER_UNAVAILABLE');
  await assert.rejects(
    afterEffect(() => Promise.reject(cause)),
    (error: unknown) =>
      error instanceof ProviderError &&
      error.code === 'OUTCOME_UNKNOWN' &&
      !error.retryable &&
      error.cause === cause,
  );
  assert.equal(await afterEffect(() => Promise.resolve('kept')), 'kept');
});
