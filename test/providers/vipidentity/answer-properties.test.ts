import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ProviderError } from '../../../src/provider-error.js';
import type { VipClient } from '../../../src/providers/vipidentity/client.js';
import { findFault } from '../../../src/providers/vipidentity/envelope.js';
import { countSteps } from '../../support/count-steps.js';
import { answerTo, openRawVip } from './raw.js';
import type { Asked } from './raw.js';

const SEED = 20_261_128;
/** Must never be in a message to a caller: it stands for what the service says. */
const CANARY = 'soap-canary';
const VIP = 'https://schemas.symantec.com/vip/2011/04/vipuserservices';

/** What a reader of envelopes looks for, and what comes in between. */
const PIECES = [
  ...[
    '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/">',
    '</S:Envelope>',
    '<S:Body>',
    '</S:Body>',
  ],
  ...[`<GetUserInfoResponse xmlns="${VIP}">`, '</GetUserInfoResponse>', '<status>0000</status>', '<S:Fault>'],
  ...['<requestId>', '</requestId>', '<status>', '</status>', '0000', '6009', '<userId>', '</userId>', 'ana'],
  ...[
    `<${CANARY}>`,
    `</${CANARY}>`,
    `<${CANARY}/>`,
    `&${CANARY};`,
    `<a ${CANARY}="`,
    `xmlns:x="urn:${CANARY}"`,
  ],
  ...[
    '<x:a>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?xml version="1.0"?>',
    '<?a',
    '?>',
    '<!DOCTYPE a>',
    CANARY,
  ],
  ...[
    '<',
    '>',
    '/>',
    '&lt;',
    '&#0;',
    '&#x41;',
    '&',
    '"',
    "'",
    '=',
    ' ',
    '\n',
    '\u0000',
    '\ufeff',
    '\ud83d\ude00',
  ],
];
const piece = fc.constantFrom(...PIECES);

/** Why an envelope is not the answer, in words that are all ours. */
const REASONS: ReadonlySet<string | undefined> = new Set([
  'the answer is not XML',
  'the answer has a document type',
  'the answer is no envelope',
  'the body holds something else than the answer to this operation',
  'an element of a foreign namespace',
  'the answer is nested too deeply',
  'the body does not hold one answer',
]);

test('any text is the answer to an operation, or is not for a reason in words of ours', () => {
  const text = fc.oneof(
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary', maxLength: 200 }),
  );
  fc.assert(
    fc.property(text, (given) => {
      const fault = findFault(given, 'getUserInfo');
      if (fault === undefined) assert.match(given, /<GetUserInfoResponse [^]*<\/GetUserInfoResponse>/);
      else assert.ok(REASONS.has(fault), fault);
    }),
    { seed: SEED, numRuns: 5_000 },
  );
});

const CREDENTIAL = '<credentialId>VSMT12345678</credentialId><credentialType>STANDARD_OTP</credentialType>';
const credentials = [{ credentialId: 'VSMT12345678', credentialType: 'STANDARD_OTP' }] as const;

/** Operations, what answers them well, and what they must not be answered without. */
const DOORS: readonly {
  readonly name: string;
  readonly inner: string;
  readonly call: (client: VipClient) => Promise<unknown>;
  readonly needs: readonly string[];
}[] = [
  {
    name: 'a read of a user',
    inner: '<userId>ana</userId><userStatus>ACTIVE</userStatus><numBindings>1</numBindings>',
    call: (client) => client.getUser('ana'),
    needs: ['<status>0000</status>'],
  },
  {
    name: 'a proof by code',
    inner: CREDENTIAL,
    call: (client) => client.authenticateCredentials({ credentials, otp: '123456', authContext: [] }),
    needs: ['<status>0000</status>', 'VSMT12345678'],
  },
  {
    name: 'a poll of a push',
    inner:
      '<transactionStatus><transactionId>abcd1234</transactionId><status>7000</status></transactionStatus>',
    call: (client) => client.pollPushes(['abcd1234']),
    needs: ['<status>0000</status>'],
  },
];

/** One to four tags or texts of an answer left out, doubled, or something else in their place. */
const changes = fc.array(
  fc.record({ at: fc.nat(200), how: fc.constantFrom('drop', 'double', 'replace'), by: piece }),
  { minLength: 1, maxLength: 4 },
);

function changed(answer: string, edits: readonly { at: number; how: string; by: string }[]): string {
  const parts = answer.split(/(?=<)|(?<=>)/);
  for (const { at, how, by } of edits) {
    const place = at % Math.max(1, parts.length);
    parts.splice(
      place,
      1,
      ...(how === 'drop' ? [] : how === 'double' ? [parts[place] ?? '', parts[place] ?? ''] : [by]),
    );
  }
  return parts.join('');
}

for (const { name, inner, call, needs } of DOORS) {
  test(`${name} whose answer is damaged anywhere fails by a code and in words of ours, or says what still stands there`, async (t) => {
    let given = '';
    let edits: readonly { at: number; how: string; by: string }[] = [];
    const { client } = await openRawVip(t, (asked) => (given = changed(answerTo(asked, inner), edits)));
    assert.ok(await call(client));
    await fc.assert(
      fc.asyncProperty(changes, async (tried) => {
        edits = tried;
        try {
          const answer = JSON.stringify(await call(client));
          for (const needed of needs) assert.ok(given.includes(needed), `${given} is believed: ${answer}`);
        } catch (error) {
          assert.ok(error instanceof ProviderError, String(error));
          assert.doesNotMatch(`${error.message} ${error.providerCode}`, new RegExp(CANARY));
        }
      }),
      { seed: SEED, numRuns: 400 },
    );
  });
}

test('whatever is repeated in an answer twice as often takes no more than twice the steps, libraries included', async (t) => {
  const isMeant = (url: string): boolean => /\/vipidentity\/|\/libraries\/(?:soap|saxes|shared)/.test(url);
  let repeated = '';
  const answer = (asked: Asked): string => answerTo(asked, repeated);
  const { client } = await openRawVip(t, answer);
  const steps = (text: string): Promise<number> =>
    countSteps(isMeant, () => {
      repeated = text;
      return client.getUser('ana').catch(() => undefined);
    });
  const binding = '<credentialBindingDetail><credentialId>a</credentialId></credentialBindingDetail>';
  const unit = fc.oneof(
    fc.constantFrom(
      binding,
      '<userId>ana</userId>',
      '<a>',
      '<a b="c"/>',
      '&lt;',
      '&a',
      '<!-- -->',
      ' ',
      'x',
      '<![CDATA[x]]>',
    ),
    fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join('')),
  );
  await steps('');
  await fc.assert(
    fc.asyncProperty(unit, async (text) => {
      const times = Math.ceil(16_000 / text.length);
      const once = await steps(text.repeat(times));
      const twice = await steps(text.repeat(2 * times));
      assert.ok(twice <= 2.2 * once + 500, `${once} steps, then ${twice}`);
    }),
    { seed: SEED, numRuns: 40 },
  );
});
