import assert from 'node:assert/strict';
import { test } from 'node:test';
import { empty, jsonOf, refused, startWorld, textOf } from './wire.js';

test('entropy is base64 of hexadecimal digits, or raw bits, for anybody', async (t) => {
  const { anonymous } = await startWorld(t);
  const noKey = { headers: { 'api-key': '' } };
  const digits = async (target: string): Promise<string> =>
    Buffer.from(textOf(await anonymous.call('GET', target, noKey)), 'base64').toString('utf8');
  assert.match(await digits('/quantum/v2/?ks=128'), /^[0-9a-f]{32}$/);
  assert.match(await digits('/quantum/v2?ks=32&raw=0'), /^[0-9a-f]{8}$/);
  assert.match(await digits('/quantum/v2/?ks=2'), /^[0-9a-f]$/);
  assert.notEqual(await digits('/quantum/v2/?ks=256'), await digits('/quantum/v2/?ks=256'));
  for (const bits of [1, 1024, 8192])
    assert.match(textOf(await anonymous.get(`/quantum/v2/?ks=${bits}&raw=1`)), new RegExp(`^[01]{${bits}}$`));
  refused(await anonymous.get('/quantum/v2/?ks=none'), 400);
  refused(await anonymous.get('/quantum/v2/?ks=0'), 400);
});

test('services are told apart by path or by the first label of the host', async (t) => {
  const { anonymous, alias } = await startWorld(t);
  const host = (label: string) => ({ headers: { host: `${label}.xq.example` } });
  jsonOf(await anonymous.call('GET', '/v2/apikey?', host('subscription')));
  textOf(await anonymous.call('GET', '/v2/?ks=8', host('quantum')));
  const press = await alias('press');
  const locator = await press.store();
  assert.equal(textOf(await press.call('GET', `/v2/key/${locator}?`, host('validation'))), '.1secret');
  refused(await anonymous.call('GET', '/v2/apikey', host('elsewhere')), 404);
  refused(await anonymous.call('GET', '/v1/apikey', host('subscription')), 404);
});

test('what is not there is 404, another method 405, and OPTIONS always does nothing', async (t) => {
  const { anonymous, control } = await startWorld(t);
  refused(await anonymous.get('/subscription/v2/nothing'), 404);
  refused(await anonymous.get('/validation/v2/apikey'), 404);
  refused(await anonymous.get('/'), 404);
  refused(await anonymous.call('PUT', '/subscription/v2/apikey'), 405);
  empty(await anonymous.call('OPTIONS', '/validation/v2/grant/x'));
  assert.deepEqual(control.calls(), { unknown: 4, options: 1 });
});

test('a locator is decoded as one segment', async (t) => {
  const { person } = await startWorld(t);
  const ana = await person();
  const locator = await ana.store();
  const escaped = [...locator].map((character) => `%${character.charCodeAt(0).toString(16)}`).join('');
  assert.equal(textOf(await ana.key(escaped)), '.1secret');
  refused(await ana.key('a%2Fb%2Bc%3D'), 404);
});

test('time is whole seconds as text', async (t) => {
  const { anonymous, clock, control } = await startWorld(t);
  control.advanceClock({ ms: 1999 });
  assert.equal(textOf(await anonymous.get('/subscription/v2/time')), String(clock.now() / 1000 + 1));
});
