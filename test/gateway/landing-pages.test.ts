import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startGateway } from '../support/gateway/start.js';

const examples = [
  { name: 'Messages', document: 'query Messages { messages { id } }' },
  {
    name: 'Live',
    document: 'subscription Live($id: ID!) { messageChanged(id: $id) { text } }',
    variables: { id: '1' },
  },
];

test('the landing page is Apollo Sandbox, told both endpoints, opened with the first example, with a way out when offline', async (t) => {
  const { url } = await startGateway(t, { landingPages: { examples } });
  const response = await fetch(`${url}/`, { headers: { accept: 'text/html' } });
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^text\/html/);
  const page = await response.text();
  assert.match(page, /initialEndpoint: window\.location\.origin \+ '\/graphql',/);
  assert.match(
    page,
    /initialSubscriptionEndpoint: window\.location\.origin\.replace\(\/\^http\/, 'ws'\) \+ '\/graphql',/,
  );
  assert.match(page, /query Messages \{ messages \{ id \} \}/);
  assert.match(page, /<a href="\/graphiql">GraphiQL<\/a>/);
  assert.match(page, /"runTelemetry":false/);
  assert.doesNotMatch(page, /initialEndpoint,/);
});

test('GraphiQL comes whole from this server, compressed, with every example and subscriptions over WebSocket', async (t) => {
  const { url } = await startGateway(t, { landingPages: { examples } });
  const response = await fetch(`${url}/graphiql`);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-encoding'), 'gzip');
  const page = await response.text();
  assert.ok(page.length > 5_000_000);
  assert.doesNotMatch(page, /<(?:script|link)[^>]+(?:src|href)="https?:/);
  const options = page.slice(page.lastIndexOf('renderYogaGraphiQL('));
  assert.match(options, /"subscriptionsProtocol":"WS"/);
  assert.match(options, /"endpoint":"\/graphql"/);
  for (const { document } of examples) assert.ok(options.includes(document));
  const again = await fetch(`${url}/graphiql`);
  assert.equal((await again.text()).length, page.length);
});
