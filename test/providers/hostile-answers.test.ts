import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { ProviderError } from '../../src/provider-error.js';
import { bodyOf, startServer } from '../support/http-server.js';
import { ManualClock } from '../support/manual-clock.js';
import { CANARY, HOSTILE_ANSWERS } from './hostile/answers.js';
import type { HostileAnswer } from './hostile/answers.js';
import { guardcryptoCalls } from './hostile/guardcrypto.js';
import { messaging2faCalls } from './hostile/messaging2fa.js';
import { rememberUrl, safeboxCalls } from './hostile/safebox.js';
import type { HostileProvider } from './hostile/tried.js';
import { vipidentityCalls } from './hostile/vipidentity.js';
import { xqkeysCalls } from './hostile/xqkeys.js';

const MAX_CPU_SECONDS = 40;

/** Answers to which a status other than success gives a meaning; what they mean is another test's. */
const isRefusal = ({ name }: HostileAnswer): boolean => /^status [45]/.test(name);
const startedAt = process.cpuUsage();

test('there are enough ways of answering', () => {
  assert.ok(HOSTILE_ANSWERS.length >= 30);
  assert.equal(new Set(HOSTILE_ANSWERS.map(({ name }) => name)).size, HOSTILE_ANSWERS.length);
});

async function tryAll<Client extends object>(
  t: Parameters<typeof startServer>[0],
  provider: HostileProvider<Client>,
): Promise<void> {
  assert.deepEqual(Object.keys(provider.tried).sort(), [...provider.operations].sort());
  let current: HostileAnswer | undefined;
  let operation = '';
  let url = '';
  let asked = 0;
  const server = await startServer(t, (request, response) => {
    response.on('error', () => undefined);
    void bodyOf(request).then((body) => {
      const before = provider.prelude?.(`${request.method} ${request.url}`, operation, url);
      if (before !== undefined) return response.end(before);
      asked += 1;
      return current?.reply(response, request, body);
    });
  });
  ({ url } = server);
  const wrong: string[] = [];
  for (const [name, { call, means = [] }] of Object.entries(provider.tried)) {
    operation = name;
    const clock = new ManualClock();
    const client = await provider.open(url, clock);
    rememberUrl(client, url);
    for (const answer of HOSTILE_ANSWERS) {
      current = answer;
      const said = `${provider.name}.${name} answered with ${answer.name}`;
      const before = asked;
      const outcome = await settled(call(client), answer, clock, () => asked > before);
      if ('value' in outcome) {
        if (!means.includes(answer.name)) wrong.push(`${said} is taken for ${text(outcome.value)}`);
        continue;
      }
      if (means.includes(answer.name)) wrong.push(`${said} is said to mean something, and fails`);
      const fault = faultOf(outcome.error, provider.kindOf(name), answer);
      if (fault !== undefined) wrong.push(`${said}: ${fault}`);
    }
    await client.close();
  }
  assert.deepEqual(wrong, []);
}

/** Waits for the call; where nothing comes, its time is let pass once it was asked. */
async function settled(
  call: Promise<unknown>,
  { isSilent = false }: HostileAnswer,
  clock: ManualClock,
  wasAsked: () => boolean,
): Promise<{ readonly value: unknown } | { readonly error: unknown }> {
  let isOver = false;
  const outcome = call
    .then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    )
    .finally(() => (isOver = true));
  while (isSilent && !isOver) {
    await setImmediate();
    if (wasAsked()) await clock.advance(700_000);
  }
  return outcome;
}

function faultOf(error: unknown, kind: 'read' | 'write', answer: HostileAnswer): string | undefined {
  if (!(error instanceof ProviderError)) return `${String(error)} is no ProviderError`;
  const { code, message, providerCode, path } = error;
  if (`${message} ${providerCode} ${path?.join('.')}`.includes(CANARY))
    return 'the text of the provider is shown';
  if (isRefusal(answer)) return undefined;
  const allowed = kind === 'write' ? UNDONE_OR_UNKNOWN : UNREADABLE;
  return allowed.has(code) ? undefined : `${kind} is ${code}`;
}

/** A word in place of what was wanted may say no, but nothing may say that a write could be made again. */
const UNDONE_OR_UNKNOWN: ReadonlySet<string> = new Set(['OUTCOME_UNKNOWN', 'PROVIDER_REJECTED']);
const UNREADABLE: ReadonlySet<string> = new Set([
  ...['PROVIDER_PROTOCOL', 'PROVIDER_UNAVAILABLE', 'PROVIDER_TIMEOUT', 'PROVIDER_REJECTED'],
]);

function text(value: unknown): string {
  return value instanceof Map ? JSON.stringify([...value]) : (JSON.stringify(value) ?? 'done').slice(0, 200);
}

for (const provider of [messaging2faCalls, safeboxCalls, xqkeysCalls, guardcryptoCalls, vipidentityCalls]) {
  test(`no operation of ${provider.name} takes a hostile answer for a success, or shows its text`, (t) =>
    tryAll(t, provider as HostileProvider<object>));
}

test('all of it takes a bounded time of the processor', () => {
  const { user, system } = process.cpuUsage(startedAt);
  assert.ok((user + system) / 1e6 < MAX_CPU_SECONDS, `${(user + system) / 1e6} s`);
});
