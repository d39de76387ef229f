import assert from 'node:assert/strict';
import { test } from 'node:test';
import { credential, fields, outcome, startWorld, SUCCESS, userId } from './wire.js';

const ANA = userId('ana+approve@example.com');
const PUSH_KEYS = [
  'PUSH_PLATFORM',
  'PUSH_ENABLED',
  'BIO_FINGERPRINT_CAPABLE',
  'BIO_FINGERPRINT_ENABLED',
  'FIRST_FACTOR_CAPABLE',
];

test('a user with two credentials is told in the order of the schema', async (t) => {
  const { wire } = await startWorld(t);
  const pairs =
    '<pushAttributes><Key>PUSH_PLATFORM</Key><Value>ANDROID</Value></pushAttributes>' +
    '<pushAttributes><Key>PUSH_ENABLED</Key><Value>true</Value></pushAttributes>' +
    '<pushAttributes><Key>BIO_FINGERPRINT_CAPABLE</Key><Value>true</Value></pushAttributes>' +
    '<pushAttributes><Key>BIO_FINGERPRINT_ENABLED</Key><Value>false</Value></pushAttributes>' +
    '<pushAttributes><Key>FIRST_FACTOR_CAPABLE</Key><Value>true</Value></pushAttributes>';
  assert.equal(
    await wire.ask('getUserInfo', ANA),
    `${SUCCESS}<userId>ana+approve@example.com</userId><userCreationTime>2026-03-01T10:00:00.000Z</userCreationTime>` +
      '<userStatus>ACTIVE</userStatus><numBindings>2</numBindings>' +
      `<credentialBindingDetail>${credential('VSMT12345678')}<credentialStatus>ENABLED</credentialStatus>` +
      '<bindingDetail><bindStatus>ENABLED</bindStatus><friendlyName>work phone</friendlyName>' +
      `<lastBindTime>2026-03-01T10:00:00.000Z</lastBindTime></bindingDetail>${pairs}</credentialBindingDetail>` +
      `<credentialBindingDetail>${credential('16505551212', 'SMS_OTP')}<credentialStatus>ENABLED</credentialStatus>` +
      '<bindingDetail><bindStatus>ENABLED</bindStatus><lastBindTime>2026-03-01T10:00:00.000Z</lastBindTime>' +
      '</bindingDetail></credentialBindingDetail>',
  );
});

test('push attributes come unless they are not wanted, and never for what takes no pushes', async (t) => {
  const { wire } = await startWorld(t);
  const without = '<includePushAttributes>false</includePushAttributes>';
  assert.deepEqual(fields(await wire.ask('getUserInfo', ANA), 'Key'), PUSH_KEYS);
  assert.deepEqual(fields(await wire.ask('getUserInfo', `${ANA}${without}`), 'Key'), []);
  const phone = credential('SYMC21519954');
  assert.deepEqual(fields(await wire.ask('getCredentialInfo', phone), 'Key'), PUSH_KEYS);
  assert.deepEqual(fields(await wire.ask('getCredentialInfo', phone), 'Value').slice(0, 2), [
    'IPHONE',
    'true',
  ]);
  assert.deepEqual(fields(await wire.ask('getCredentialInfo', `${phone}${without}`), 'Key'), []);
  assert.deepEqual(fields(await wire.ask('getCredentialInfo', credential('VSST43994978')), 'Key'), []);
});

test('token information stands between status and binding, for version 1.8 when it is wanted', async (t) => {
  const { wire } = await startWorld(t);
  const asked = `${ANA}<iaInfo>true</iaInfo><includePushAttributes>false</includePushAttributes><includeTokenInfo>true</includeTokenInfo>`;
  const info = await wire.ask('getUserInfo', asked, { version: 8 });
  const times =
    '<ExpirationDate>2036-02-27T10:00:00.000Z</ExpirationDate><LastUpdate>2026-03-01T10:00:00.000Z</LastUpdate><Owner>false</Owner>';
  assert.ok(
    info.includes(
      `<credentialBindingDetail>${credential('VSMT12345678')}<credentialStatus>ENABLED</credentialStatus>` +
        '<tokenCategoryDetails><CategoryId>70</CategoryId><FormFactor>MOBILE</FormFactor><MovingFactor>TIME</MovingFactor>' +
        '<OtpGeneratedBy>SOFTWARE</OtpGeneratedBy></tokenCategoryDetails><tokenInfo><TokenId>VSMT12345678</TokenId>' +
        `<TokenKind>SOFTWARE</TokenKind><Adapter>OATH_TIME</Adapter><TokenStatus>ENABLED</TokenStatus>${times}</tokenInfo><bindingDetail>`,
    ),
    info,
  );
  assert.ok(
    info.includes(
      `<tokenInfo><TokenId type="SMS">16505551212</TokenId><Adapter>SMS_OTP</Adapter><TokenStatus>ENABLED</TokenStatus>${times}</tokenInfo>`,
    ),
    info,
  );
  assert.ok(!(await wire.ask('getUserInfo', ANA, { version: 8 })).includes('<tokenInfo>'));
});

test('a token the provider made is inactive until it is used, any other id is not valid', async (t) => {
  const { wire } = await startWorld(t);
  assert.equal(
    await wire.ask('getCredentialInfo', credential('VSTZ00000001')),
    `${SUCCESS}${credential('VSTZ00000001')}<credentialStatus>INACTIVE</credentialStatus><numBindings>0</numBindings>`,
  );
  for (const key of [credential('VSXX00000001'), credential('16505550000', 'SMS_OTP')])
    assert.equal(await wire.ask('getCredentialInfo', key), outcome('6004', 'Credential ID is not valid.'));
});

test('a credential of several users names them all', async (t) => {
  const { wire } = await startWorld(t);
  await wire.ask(
    'addCredential',
    `${userId('dora@example.com')}<credentialDetail>${credential('VSST43994978')}</credentialDetail>`,
  );
  const info = await wire.ask('getCredentialInfo', credential('VSST43994978'));
  assert.deepEqual(fields(info, 'userId'), ['dora@example.com', 'gina@example.com']);
  assert.deepEqual(fields(info, 'numBindings'), ['2']);
});

test('the time of the server follows the simulated world', async (t) => {
  const { wire, clock, control } = await startWorld(t);
  await clock.advance(1234);
  control.advanceClock({ ms: 3_600_000 });
  assert.equal(
    await wire.ask('getServerTime', ''),
    `${SUCCESS}<timestamp>2026-03-01T11:00:01.234Z</timestamp>`,
  );
});
