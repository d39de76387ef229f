import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { Counter } from 'prom-client';
import { healthRoute } from '../../src/http/health.js';
import { createMetrics } from '../../src/http/metrics.js';
import { pageRoute, type HttpRoute } from '../../src/http/respond.js';
import { startServer } from '../support/http-server.js';
import { ManualClock } from '../support/manual-clock.js';

async function serve(test: TestContext, route: HttpRoute): Promise<string> {
  const server = await startServer(test, (request, response) => {
    if (!route(request, response)) response.writeHead(404).end('not mine');
  });
  return server.url;
}

describe('health', () => {
  it('is live as long as the process answers, whatever else fails', async (test) => {
    const url = await serve(test, healthRoute({ checks: { store: () => false } }));
    const answer = await fetch(`${url}/health/live`);
    assert.equal(answer.status, 200);
    assert.deepEqual(await answer.json(), { status: 'live' });
  });

  it('is ready when every check passes', async (test) => {
    const checks = { store: () => true, gateway: () => Promise.resolve(true) };
    const url = await serve(test, healthRoute({ checks }));
    const answer = await fetch(`${url}/health/ready?verbose`);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.deepEqual(await answer.json(), { status: 'ready', checks: { store: 'ok', gateway: 'ok' } });
  });

  it('is unavailable when a check says no or throws, and does not say why', async (test) => {
    const checks = {
      store: () => true,
      redis: () => Promise.reject(new Error('secret.host refused')),
      gateway: () => false,
      poller: (): boolean => {
        throw new Error('secret.host refused');
      },
    };
    const url = await serve(test, healthRoute({ checks }));
    const answer = await fetch(`${url}/health/ready`);
    assert.equal(answer.status, 503);
    assert.deepEqual(await answer.json(), {
      status: 'unavailable',
      checks: { store: 'ok', redis: 'failed', gateway: 'failed', poller: 'failed' },
    });
  });

  it('does not wait for a check that never answers', async (test) => {
    const clock = new ManualClock();
    let tellAsked: () => void;
    const asked = new Promise<void>((resolve) => (tellAsked = resolve));
    const hanging = (): Promise<boolean> => {
      tellAsked();
      return new Promise(() => undefined);
    };
    const url = await serve(test, healthRoute({ checks: { store: hanging }, timeoutMs: 500, clock }));
    const answer = fetch(`${url}/health/ready`);
    await asked;
    await clock.advance(500);
    assert.equal((await answer).status, 503);
  });

  it('asks again each time', async (test) => {
    let ready = false;
    const url = await serve(test, healthRoute({ checks: { gateway: () => ready } }));
    assert.equal((await fetch(`${url}/health/ready`)).status, 503);
    ready = true;
    assert.equal((await fetch(`${url}/health/ready`)).status, 200);
  });
});

describe('metrics', () => {
  it('are in the Prometheus text format: of the process, counted, and read when asked for', async (test) => {
    const metrics = createMetrics();
    const calls = new Counter({
      name: 'sealgraph_calls_total',
      help: 'Calls.',
      labelNames: ['provider'],
      registers: [metrics.registry],
    });
    let readers = 1;
    metrics.gauge('sealgraph_readers', 'Readers.', () => readers);
    const url = await serve(test, metrics.route);
    calls.inc({ provider: 'carrier' });
    readers = 7;
    const answer = await fetch(`${url}/metrics`);
    const text = await answer.text();
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    assert.match(text, /^process_cpu_seconds_total /m);
    assert.match(text, /^sealgraph_calls_total\{provider="carrier"\} 1$/m);
    assert.match(text, /^sealgraph_readers 7$/m);
  });

  it('of two in one process do not mix', async () => {
    const [one, two] = [createMetrics(), createMetrics()];
    one.gauge('sealgraph_readers', 'Readers.', () => 1);
    assert.ok(!(await two.registry.metrics()).includes('sealgraph_readers'));
  });
});

describe('a page beside the graph', () => {
  const page = { status: 200, contentType: 'text/plain', body: 'hällo' };

  it('answers GET and HEAD of its own path alone', async (test) => {
    const url = await serve(
      test,
      pageRoute('/page', () => Promise.resolve(page)),
    );
    assert.equal(await (await fetch(`${url}/page`)).text(), 'hällo');
    const head = await fetch(`${url}/page`, { method: 'HEAD' });
    assert.equal(head.headers.get('content-length'), '6');
    assert.equal(await head.text(), '');
    const post = await fetch(`${url}/page`, { method: 'POST', body: 'x' });
    assert.equal(post.status, 405);
    assert.equal(post.headers.get('allow'), 'GET, HEAD');
    assert.equal(await (await fetch(`${url}/page/more`)).text(), 'not mine');
  });

  it('that cannot be made answers 500 and nothing else', async (test) => {
    const url = await serve(
      test,
      pageRoute('/page', () => Promise.reject(new Error('secret.host'))),
    );
    const answer = await fetch(`${url}/page`);
    assert.equal(answer.status, 500);
    assert.equal(await answer.text(), '');
  });
});
