import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorFromStatus } from '../../../src/providers/kit/status-error.js';
import { toFailure } from '../../../src/providers/kit/transport-error.js';

test('a refused certificate is known by code and by the text of a TLS 1.2 alert, and the call counts as not made', () => {
  const alerts: [string, string][] = [
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', ''],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', ''],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', ''],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', ''],
    ['EPROTO', 'write EPROTO 80:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure'],
  ];
  for (const [code, message] of alerts) {
    const cause = Object.assign(new Error(message), { code });
    for (const kind of ['read', 'write'] as const) {
      const failure = toFailure(cause, { provider: 'acme', kind, sent: true, timedOut: false });
      assert.deepEqual([failure.error.code, failure.repeatable], ['PROVIDER_UNAUTHENTICATED', false], code);
    }
  }
  const other = Object.assign(new Error('write EPROTO 80:error:wrong version number'), { code: 'EPROTO' });
  const failure = toFailure(other, { provider: 'acme', kind: 'write', sent: true, timedOut: false });
  assert.equal(failure.error.code, 'OUTCOME_UNKNOWN');
});

test('a status without a meaning of its own has the general one; a failed write may have happened', () => {
  const cases = [
    [401, 'read', 'PROVIDER_UNAUTHENTICATED'],
    [403, 'write', 'FORBIDDEN'],
    [404, 'read', 'NOT_FOUND'],
    [429, 'write', 'RATE_LIMITED'],
    [500, 'read', 'PROVIDER_UNAVAILABLE'],
    [500, 'write', 'OUTCOME_UNKNOWN'],
    [503, 'write', 'OUTCOME_UNKNOWN'],
    [501, 'write', 'NOT_SUPPORTED'],
    [418, 'read', 'PROVIDER_PROTOCOL'],
  ] as const;
  for (const [status, kind, code] of cases) {
    const error = errorFromStatus(status, { provider: 'acme', kind, retryAfterMs: 1_000 });
    assert.deepEqual([error.code, error.providerCode, error.retryAfterMs], [code, `HTTP_${status}`, 1_000]);
  }
});
