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
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 760 } });
    const page = await context.newPage();
    await page.goto(`${origin}/#/phones`);
    await showPhones(page);
    await page.screenshot({ path: `${FOLDER}/console-${colorScheme}.png` });
    await page.goto(`${origin}/graphiql`);
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await page.getByRole('region', { name: 'Result Window' }).filter({ hasText: 'PENDING' }).waitFor();
    await page.screenshot({ path: `${FOLDER}/graphiql-${colorScheme}.png` });
    await context.close();
  }
  await browser.close();
}

async function showPhones(page: Page): Promise<void> {
  const ask = page.getByRole('button', { name: 'Ask by PassBy[ME]' });
  await ask.click();
  await page.getByRole('article').first().getByRole('button', { name: 'Approve' }).click();
  await page.getByText('The last event').waitFor();
  await page.getByLabel('What').fill('Door of the archive');
  await ask.click();
  await page.getByRole('button', { name: 'Ask Cid by VIP' }).click();
  await page.getByRole('article').filter({ hasText: 'VIP Access' }).waitFor();
  await page.getByRole('article').filter({ hasText: 'PassBy' }).first().waitFor();
}

await main(process.argv.slice(2));
