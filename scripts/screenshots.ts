import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';

const FOLDER = 'docs/images';

/**
 * `node --import tsx scripts/screenshots.ts [origin]`: makes the pictures of the README of a sandbox that runs there,
 * best a new one. Needs Debian's Chromium.
 */
async function main([origin = 'http://127.0.0.1:4000']: readonly string[]): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  // GraphiQL comes last: what it sends would lie on the phones.
  for (const [name, path, show] of [
    ['console', '/#/phones', showPhones],
    ['graphiql', '/graphiql', showAnswer],
  ] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({
        colorScheme,
        reducedMotion: 'reduce',
        viewport: { width: 1280, height: 760 },
      });
      await page.goto(origin + path);
      await show(page);
      await page.screenshot({ path: `${FOLDER}/${name}-${colorScheme}.png` });
      if (name === 'console') await denyWhatWaits(page);
      await page.close();
    }
  }
  await browser.close();
}

async function showPhones(page: Page): Promise<void> {
  const ask = page.getByRole('button', { name: 'Ask by PassBy[ME]' });
  await ask.click();
  const payment = page.getByRole('article').filter({ hasText: 'Payment 4711' });
  await payment.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('The last event').waitFor();
  await page.getByLabel('What').fill('Door of the archive');
  await ask.click();
  await page.getByRole('button', { name: 'Ask Cid by VIP' }).click();
  await page.getByRole('article').filter({ hasText: 'VIP Access' }).waitFor();
  await page.getByRole('article').filter({ hasText: 'PassBy' }).first().waitFor();
}

async function showAnswer(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Execute query/ }).click();
  await page.getByRole('region', { name: 'Result Window' }).filter({ hasText: 'PENDING' }).waitFor();
}

/** Leaves the phones as the next picture wants them. */
async function denyWhatWaits(page: Page): Promise<void> {
  const phones = page.getByRole('article');
  for (let waiting = await phones.count(); waiting > 0; waiting -= 1) {
    await phones.first().getByRole('button', { name: 'Deny' }).click();
    await phones.nth(waiting - 1).waitFor({ state: 'detached' });
  }
}

await main(process.argv.slice(2));
