import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startSealgraph } from '../support/sealgraph.js';
import type { SealgraphProcess } from '../support/sealgraph.js';
import { temporaryDirectory } from '../support/simulators.js';
import type { Teardown } from '../support/simulators.js';

// Longer than anything takes on a busy machine.
const PATIENCE_MS = 30_000;
const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A page, and what it did that it should not. */
export interface Visit {
  readonly page: Page;
  /** Errors and warnings of its console, and exceptions. */
  readonly complaints: string[];
  /** What it wanted from elsewhere, which never answers. */
  readonly elsewhere: string[];
}

/** A browser without internet: what is asked of other hosts neither answers nor fails. */
export interface Surfer {
  visit(url: string, options?: BrowserContextOptions): Promise<Visit>;
}

export async function startBrowser(test: Teardown): Promise<Surfer> {
  const browser: Browser = await chromium.launch({
    executablePath: spawnSync('which', ['chromium'], { encoding: 'utf8' }).stdout.trim(),
    args: CHROMIUM_ARGUMENTS,
  });
  test.after(() => browser.close());
  return {
    async visit(url, options) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      const complaints: string[] = [];
      const elsewhere: string[] = [];
      page.on('pageerror', ({ message }) => complaints.push(message));
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      const { origin } = new URL(url);
      await context.route(
        ({ href }) => !href.startsWith(origin) && /^https?:/.test(href),
        (route) => void elsewhere.push(route.request().url()),
      );
      await page.goto(url, { waitUntil: 'commit' });
      return { page, complaints, elsewhere };
    },
  };
}

/** The product as `npm start` runs it, and how to start it anew. */
export interface Product {
  /** Without a path. */
  readonly origin: string;
  stop(): Promise<void>;
  /** On the same port, with the same data. */
  startAgain(): Promise<void>;
}

export async function startProduct(test: Teardown): Promise<Product> {
  const directory = await temporaryDirectory(test);
  const start = (port: string): SealgraphProcess =>
    startSealgraph(test, ['start'], { PORT: port, SEALGRAPH_DATA_DIR: directory });
  let running = start('0');
  const { origin, port } = new URL(await running.lineAfter('ready'));
  return {
    origin,
    async stop() {
      assert.equal(await running.end('SIGTERM'), 0);
    },
    async startAgain() {
      running = start(port);
      await running.lineAfter('ready');
    },
  };
}
