import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { inspectKey } from '../../../src/providers/guardcrypto/local/pgp/inspect-key.js';
import { verifyMessage as verifyPgp } from '../../../src/providers/guardcrypto/local/pgp/verify-message.js';
import { verifyMessage as verifySmime } from '../../../src/providers/guardcrypto/local/smime/verify-message.js';
import { countSteps } from '../../support/count-steps.js';
import { hostileCms, rebuilt, signInMesh, variants } from '../../support/hostile-cms.js';
import { hostilePgp, type HostileCall } from '../../support/hostile-pgp.js';
import { OpenSsl } from '../../support/openssl.js';

const openssl = await OpenSsl.open({ after });
const { certificate: trusted } = await openssl.newAuthority('root');
const signed = await signInMesh(openssl);
const [authority = Buffer.alloc(0)] = signed.authorities;
const calls = [
  ...(await hostilePgp(300_000)),
  ...(await hostileCms(signed, await OpenSsl.open({ after }), trusted)),
];
// After the certificates were made.
const now = new Date();

/** Steps of everything, libraries included, before a call with a real content is given up. */
const MAX_STEPS = 20_000_000;

for (const call of calls)
  test(`${call.name} end with the limit, and before much is done`, async () => {
    const steps = await countSteps(
      () => true,
      () => assert.rejects(run(call), { name: 'ProviderError', code: 'PROCESSING_LIMIT' }),
    );
    assert(steps < MAX_STEPS, `${steps} steps`);
  });

function run({ method, input }: HostileCall): Promise<unknown> {
  switch (method) {
    case 'inspectPgpKey':
      return inspectKey(input, now);
    case 'verifyPgp':
      return verifyPgp(input, now);
    case 'verifySmime':
      return verifySmime(input, now);
  }
}

test('a certificate that is there two hundred times costs little more than once', async () => {
  const steps = (copies: number) => {
    const message = new Uint8Array(
      rebuilt(signed.cms, ({ certificates }) => ({
        certificates: [...certificates, ...Array.from({ length: copies }, () => authority)],
      })),
    );
    return countSteps(
      (url) => url.includes('/guardcrypto/local/'),
      async () => {
        const { signatures } = await verifySmime({ message, trusted: [trusted] }, now);
        assert.deepEqual(
          signatures.map(({ outcome }) => outcome),
          ['NOT_TRUSTED'],
        );
      },
    );
  };
  await steps(1);
  const [once, often] = [await steps(1), await steps(200)];
  assert(often < once + 200 * 30, `${once} steps, then ${often}`);
});

test('what honest messages hold is far within the limits', async (t) => {
  const crypto = createLocalCrypto({ budgetMs: 120_000, threads: 1 });
  t.after(() => crypto.close());
  const message = new Uint8Array(
    rebuilt(signed.cms, ({ certificates }) => ({
      certificates: [...certificates, ...variants(authority, 150)],
    })),
  );
  const { signatures } = await crypto.verifySmime({ message, trusted: [trusted] });
  assert.deepEqual(
    signatures.map(({ outcome }) => outcome),
    ['NOT_TRUSTED'],
  );
});
