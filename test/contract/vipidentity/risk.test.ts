import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  credential,
  field,
  fields,
  INVALID,
  outcome,
  startWorld,
  SUCCESS,
  userId,
  type Wire,
} from './wire.js';

const DORA = '<UserId>dora@example.com</UserId>';
const RISKY = outcome('6009', 'Authentication failed.');

function evaluate(wire: Wire, ip: string, data?: string): Promise<string> {
  const device = data === undefined ? '' : `<IAAuthData>${data}</IAAuthData>`;
  return wire.ask('evaluateRisk', `${DORA}<Ip>${ip}</Ip><UserAgent>Mozilla/5.0</UserAgent>${device}`);
}

function pairs(content: string): Record<string, string | undefined> {
  const values = fields(content, 'Value');
  return Object.fromEntries(fields(content, 'Key').map((key, index) => [key, values[index]]));
}

test('a known way of signing in is no risk', async (t) => {
  const { wire } = await startWorld(t);
  const answer = await evaluate(wire, '203.0.113.70', 'laptop');
  const event = field(answer, 'EventId') ?? '';
  assert.match(event, /^[1-9]\d{0,17}$/);
  assert.ok(
    answer.startsWith(
      `${SUCCESS}<Risky>false</Risky><RiskScore>10</RiskScore><RiskThreshold>50</RiskThreshold>` +
        `<PolicyVersion>1.0</PolicyVersion><EventId>${event}</EventId><KeyValuePairs>`,
    ),
    answer,
  );
});

test('a risk is told by status 6009 with all the same elements, the device tag being the third pair', async (t) => {
  const { wire } = await startWorld(t);
  for (const [ip, data, reason] of [
    ['203.0.113.66', 'laptop', 'Blocked IP'],
    ['203.0.113.70', undefined, 'Device Recognition'],
  ] as const) {
    const answer = await evaluate(wire, ip, data);
    assert.ok(
      answer.startsWith(
        `${RISKY}<Risky>true</Risky><RiskScore>80</RiskScore><RiskThreshold>50</RiskThreshold>` +
          `<RiskReason>${reason}</RiskReason><PolicyVersion>1.0</PolicyVersion><EventId>`,
      ),
      answer,
    );
    assert.deepEqual(fields(answer, 'Key').slice(0, 3), [
      'device.registered',
      'device.expired',
      'device.tag',
    ]);
    assert.equal(pairs(answer)['external.user.id'], 'dora@example.com');
  }
});

test('a denied risk makes the device a remembered one, bound to the user', async (t) => {
  const { wire } = await startWorld(t);
  const event = field(await evaluate(wire, '203.0.113.70', 'laptop'), 'EventId') ?? '';
  const denied = await wire.ask(
    'denyRisk',
    `${DORA}<EventId>${event}</EventId><VerifyMethod>PUSH</VerifyMethod><IAAuthData>laptop</IAAuthData>` +
      '<RememberDevice>true</RememberDevice><FriendlyName>my laptop</FriendlyName>',
  );
  assert.ok(denied.startsWith(`${SUCCESS}<KeyValuePairs><Key>device.feedback</Key><Value>true</Value>`));
  const device = pairs(denied)['device.tag.id'] ?? '';
  assert.deepEqual(pairs(denied), {
    'device.feedback': 'true',
    'device.feedback.reason': 'SUCCESS',
    'device.friendly.name': 'my laptop',
    'device.tag.id': device,
  });
  const known = pairs(await evaluate(wire, '203.0.113.70', 'laptop'));
  assert.equal(known['device.registered'], 'true');
  assert.equal(known['device.tag'], device);
  assert.equal(pairs(await evaluate(wire, '203.0.113.70', 'phone'))['device.registered'], 'false');

  const user = userId('dora@example.com');
  const info = await wire.ask('getUserInfo', user);
  assert.ok(info.includes(`<credentialBindingDetail>${credential(device, 'IA')}`), info);
  assert.equal(field(await wire.ask('getUserInfo', `${user}<iaInfo>false</iaInfo>`), 'numBindings'), '0');
  assert.equal(await wire.ask('removeCredential', `${user}${credential(device, 'IA')}`), SUCCESS);
  assert.equal(pairs(await evaluate(wire, '203.0.113.70', 'laptop'))['device.registered'], 'false');
});

test('a device that is not remembered says why', async (t) => {
  const { wire, clock } = await startWorld(t);
  const event = field(await evaluate(wire, '203.0.113.70', 'laptop'), 'EventId') ?? '';
  const deny = async (rest: string) =>
    pairs(await wire.ask('denyRisk', `${DORA}<EventId>${event}</EventId>${rest}`));
  const not = (reason: string) => ({ 'device.feedback': 'false', 'device.feedback.reason': reason });
  assert.deepEqual(await deny(''), not('REMEMBER_DEVICE_NOT_REQUESTED'));
  assert.deepEqual(await deny('<RememberDevice>true</RememberDevice>'), not('NO_TAG_PROVIDED'));
  await clock.advance(30 * 60_000 + 1);
  const whole = '<IAAuthData>laptop</IAAuthData><RememberDevice>true</RememberDevice>';
  assert.deepEqual(await deny(whole), not('TAG_EXPIRED'));
});

test('a confirmed risk is acknowledged', async (t) => {
  const { wire } = await startWorld(t);
  const event = field(await evaluate(wire, '203.0.113.70'), 'EventId') ?? '';
  assert.equal(
    await wire.ask('confirmRisk', `${DORA}<EventId>${event}</EventId><VerifyMethod>PUSH</VerifyMethod>`),
    `${SUCCESS}<KeyValuePairs><Key>device.feedback</Key><Value>true</Value></KeyValuePairs>`,
  );
});

test('an event is that of its user alone', async (t) => {
  const { wire } = await startWorld(t);
  const event = field(await evaluate(wire, '203.0.113.70'), 'EventId') ?? '';
  for (const operation of ['confirmRisk', 'denyRisk']) {
    const about = (user: string, id: string) =>
      wire.ask(operation, `<UserId>${user}</UserId><EventId>${id}</EventId>`);
    assert.equal(await about('gina@example.com', event), INVALID);
    assert.equal(await about('dora@example.com', '1'), INVALID);
    assert.ok((await about('dora@example.com', event)).startsWith(SUCCESS));
  }
});
