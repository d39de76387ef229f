import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { test } from 'node:test';
import { startGateway } from '../support/gateway/start.js';

const examples = [
  { name: 'Messages', document: 'query Messages { messages { id } }' },
  {
    name: 'Live',
    document: 'subscription Live($id: ID!) { messageChanged(id: $id) { text } }',
    variables: { id: '</script><script>alert(1)</script>' },
  },
];

test('Apollo Sandbox is told both endpoints, opens with the first example, and says that it needs the internet', async (t) => {
  const { url } = await startGateway(t, { landingPages: { examples } });
  const response = await fetch(`${url}/sandbox`, { headers: { accept: 'text/html' } });
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^text\/html/);
  const page = await response.text();
  assert.match(page, /initialEndpoint: window\.location\.origin \+ '\/graphql',/);
  assert.match(
    page,
    /initialSubscriptionEndpoint: window\.location\.origin\.replace\(\/\^http\/, 'ws'\) \+ '\/graphql',/,
  );
  assert.match(page, /query Messages \{ messages \{ id \} \}/);
  assert.match(page, /needs the internet/);
  assert.match(page, /<a href="\/graphiql">GraphiQL<\/a>/);
  assert.match(page, /runTelemetry: false/);
});

test('GraphiQL and the console load nothing from elsewhere, and no example can end the script it stands in', async (t) => {
  const { url } = await startGateway(t, { landingPages: { examples, console: true } });
  for (const path of ['/', '/graphiql']) {
    const response = await fetch(`${url}${path}`);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'self'/);
    const page = await response.text();
    assert.doesNotMatch(page, /(?:src|href)="(?:https?:)?\/\//);
    assert.doesNotMatch(page, /alert\(1\)<\/script>/);
  }
});

test('assets come compressed, are kept for good, and are told apart by their names; pages are asked for again', async (t) => {
  const { url } = await startGateway(t, { landingPages: { examples, console: true } });
  const page = await fetch(`${url}/`);
  const etag = page.headers.get('etag') ?? assert.fail('no ETag');
  const [asset] = /\/assets\/console-[\w-]+\.js/.exec(await page.text()) ?? assert.fail('no script');
  assert.equal(page.headers.get('cache-control'), 'no-cache');
  assert.equal((await fetch(`${url}/`, { headers: { 'if-none-match': etag } })).status, 304);

  const script = await fetch(`${url}${asset}`);
  assert.equal(script.headers.get('content-encoding'), 'gzip');
  assert.match(script.headers.get('cache-control') ?? '', /immutable/);
  const text = await script.text();
  for (const [accepted, sent] of [
    ['identity', null],
    ['gzip;q=0', null],
    ['br, gzip; q=0.000', null],
    ['gzip;q=0, *', null],
    ['GZIP;q=0.1', 'gzip'],
    ['br, *', 'gzip'],
  ] as const) {
    const again = await fetch(`${url}${asset}`, { headers: { 'accept-encoding': accepted } });
    assert.deepEqual([again.headers.get('content-encoding'), await again.text()], [sent, text], accepted);
  }
  const tag = script.headers.get('etag') ?? assert.fail('no ETag');
  for (const known of ['*', tag, `W/${tag}`, `"other", ${tag}`])
    for (const method of ['GET', 'HEAD']) {
      const again = await fetch(`${url}${asset}`, { method, headers: { 'if-none-match': known } });
      assert.deepEqual([again.status, await again.text()], [304, ''], known);
    }
  assert.equal((await fetch(`${url}${asset}`, { headers: { 'if-none-match': '"other"' } })).status, 200);
  const head = await fetch(`${url}${asset}`, { method: 'HEAD' });
  assert.deepEqual([head.status, await head.text()], [200, '']);
  for (const wrong of ['/assets/../package.json', '/assets/console.html', '/assets/nothing.js']) {
    assert.equal((await fetch(`${url}${wrong}`)).status, 404, wrong);
  }
});

test('all JavaScript of the console is less than 150 kB compressed', async (t) => {
  const { url } = await startGateway(t, { landingPages: { examples, console: true } });
  const waiting = [...(await (await fetch(`${url}/`)).text()).matchAll(/\/assets\/([\w-]+\.js)/g)].map(
    ([, name]) => name,
  );
  const sizes = new Map<string, number>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (sizes.has(name)) continue;
    const { body } = await import('undici').then(({ request }) =>
      request(`${url}/assets/${name}`, { headers: { 'accept-encoding': 'gzip' } }),
    );
    const compressed = Buffer.from(await body.arrayBuffer());
    sizes.set(name, compressed.length);
    const script = gunzipSync(compressed).toString();
    waiting.push(...[...script.matchAll(/"\.\/([\w-]+\.js)"/g)].map(([, imported]) => imported));
  }
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  assert.ok(total > 5_000 && total < 150_000, `${total} bytes`);
});

test('without the console, / leads to GraphiQL; without landing pages there is nothing', async (t) => {
  const { url } = await startGateway(t, { landingPages: { examples } });
  const response = await fetch(`${url}/`, { redirect: 'manual' });
  assert.deepEqual([response.status, response.headers.get('location')], [302, '/graphiql']);
  const bare = await startGateway(t);
  for (const path of ['/', '/graphiql', '/sandbox'])
    assert.equal((await fetch(`${bare.url}${path}`)).status, 404, path);
});
