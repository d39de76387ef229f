import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import { askGraph } from '../support/sealgraph.js';
import { assertAccessible, assertFits } from './accessibility.js';
import type { Product, Surfer, Visit } from './world.js';

const PANELS = ['tour', 'phones', 'boxes', 'keys', 'persons', 'wire'];

export function consoleTests(given: () => { surfer: Surfer; product: Product }): void {
  const open = (panel: string, options?: Parameters<Surfer['visit']>[1]): Promise<Visit> =>
    given().surfer.visit(`${given().product.origin}/#/${panel}`, options);

  const close = async ({ page, complaints, elsewhere }: Visit): Promise<void> => {
    assert.deepEqual(complaints, []);
    assert.deepEqual(elsewhere, []);
    await page.context().close();
  };

  it('takes its first visitor through a tour without typing, by the keyboard alone', async () => {
    const visit = await given().surfer.visit(given().product.origin);
    const { page } = visit;
    await pressUntilFocused(page, 'Send it');
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'Phone of you@example.test' }).waitFor();
    await pressUntilFocused(page, 'Approve');
    await page.keyboard.press('Enter');
    await outcome(page, 'approved');
    await page.getByText('The last event').waitFor();
    await page.getByRole('button', { name: 'Go on to the phones' }).click();
    await page.getByRole('heading', { level: 1, name: 'Phones' }).waitFor();
    await page.goto(given().product.origin);
    await page.getByRole('heading', { level: 1, name: 'Phones' }).waitFor();
    await close(visit);
  });

  it('shows pushes of both providers on phones, and their answers to the subscriber', async () => {
    const visit = await open('phones');
    const { page } = visit;
    const phones = page.getByRole('article');
    await page.getByRole('button', { name: 'Ask by PassBy[ME]' }).click();
    await phones.filter({ hasText: 'you@example.test' }).getByRole('button', { name: 'Deny' }).click();
    await outcome(page, 'denied');

    await page.getByRole('button', { name: 'Ask Cid by VIP' }).click();
    await phones.filter({ hasText: 'VIP Access' }).getByRole('button', { name: 'Approve' }).click();
    await outcome(page, 'approved');

    await page.getByRole('link', { name: 'Keys' }).click();
    await page.getByRole('heading', { level: 1, name: 'Keys' }).waitFor();
    await page.getByRole('link', { name: 'Phones' }).click();
    await outcome(page, 'approved');
    await outcome(page, 'denied');

    await page.getByLabel('Whom').fill('somebody@example.test');
    await page.getByRole('button', { name: 'Ask by PassBy[ME]' }).click();
    const phone = phones.filter({ hasText: 'somebody@example.test' });
    await phone.getByRole('button', { name: 'Ignore' }).click();
    await phone.waitFor({ state: 'detached' });
    await outcome(page, 'pending');

    await page.getByLabel('Whom').fill('no address of anybody,');
    await page.getByLabel('What').fill('x'.repeat(255));
    await page.getByRole('button', { name: 'Ask by PassBy[ME]' }).click();
    await page.getByRole('alert').filter({ hasText: 'INVALID_INPUT' }).waitFor();
    await close(visit);
  });

  it('sends dropped files in a SafeBox, and shows its life: reading, reply, download, close, expiry', async () => {
    const visit = await open('boxes');
    const { page } = visit;
    await page.getByText('3 open').waitFor();
    const form = page.getByRole('region', { name: 'Send a SafeBox' });
    await form.getByLabel('Subject').fill('Dropped');
    await drop(page, form.locator('.drop'), {
      'plan.txt': 'the plan',
      'übersicht ✓.txt': 'x'.repeat(100_000),
    });
    await form.getByRole('button', { name: 'Send' }).click();

    const box = page.getByRole('region', { name: 'Dropped' });
    await box.getByText('in progress').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      box.getByRole('button', { name: 'Download plan.txt' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'plan.txt');
    assert.equal(await readFile(await download.path(), 'utf8'), 'the plan');

    await page.getByLabel('Words of the guest').fill('Understood.');
    await page.getByRole('button', { name: 'Guest replies' }).click();
    await box.getByText('Understood.').waitFor();
    const life = page.getByRole('region', { name: 'Its life' });
    await life.getByText('message added').first().waitFor();
    await page.getByRole('button', { name: /Dropped.*1 new/ }).waitFor();

    await box.getByLabel('Reply').fill('Good.');
    await box.getByRole('button', { name: 'Reply' }).click();
    await box.getByRole('listitem').filter({ hasText: 'Good.' }).waitFor();

    await page.getByRole('button', { name: 'Close as the owner' }).click();
    await box.getByText('closed', { exact: true }).waitFor();
    await life.getByText('in_progress').or(life.getByText('status')).first().waitFor();

    await page.getByRole('button', { name: /Board papers/ }).click();
    const other = page.getByRole('region', { name: 'Board papers' });
    await other.getByText('in progress').waitFor();
    await page.getByRole('button', { name: 'Let a week pass' }).click();
    await other.getByText('in progress').waitFor({ state: 'detached' });
    await close(visit);
  });

  it('seals and opens with an XQ key, which opens nothing once it is revoked', async () => {
    const visit = await open('keys');
    const { page } = visit;
    await page.getByLabel('Text', { exact: true }).fill('Nobody else reads this.');
    await page.getByRole('button', { name: 'Seal' }).click();
    assert.doesNotMatch((await page.getByLabel('Sealed text').textContent()) ?? '', /Nobody else/);
    await page.getByRole('button', { name: 'Open it' }).click();
    await page.locator('.opened').filter({ hasText: 'Nobody else reads this.' }).waitFor();
    const key = page.getByRole('listitem').filter({ hasText: 'Launch for bo@example.com' });
    assert.match((await key.locator('.countdown').textContent()) ?? '', /^00:\d\d:\d\d|01:00:00$/);
    await key.getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('Its key revoked').waitFor();
    await page.getByRole('button', { name: 'Open it' }).click();
    await page.getByRole('alert').waitFor();
    await close(visit);
  });

  it('signs and verifies with PGP, and explains why a changed message is not verified', async () => {
    const visit = await open('keys');
    const { page } = visit;
    const certificates = page.getByRole('region', { name: 'PGP keys and certificates' });
    await certificates.getByText('Certificate of anton@example.com').first().waitFor();
    await page.getByRole('button', { name: 'Encrypt', exact: true }).click();
    await page.getByLabel('Encrypted text').filter({ hasText: 'BEGIN PGP MESSAGE' }).waitFor();
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    const verify = page.getByRole('button', { name: 'Verify' });
    await verify.click();
    await page.getByText('It fits the content and the key').waitFor();
    const signed = page.getByLabel(/^Signed message/);
    await signed.fill((await signed.inputValue()).replace('4711', '4712'));
    await verify.click();
    await page.getByText('somebody has changed it').waitFor();
    await page.getByText('not verified').waitFor();
    await close(visit);
  });

  it('shows one person across five providers, and the same query in GraphiQL', async () => {
    const visit = await open('persons');
    const { page } = visit;
    await page.getByText('2 credentials').waitFor();
    await page.getByRole('button', { name: 'Give them something everywhere' }).click();
    await page.getByText('PGP key').waitFor();
    assert.equal(await page.locator('.facts dd').filter({ hasText: 'nothing' }).count(), 0);

    await page.getByLabel('E-mail address').fill('new@example.com');
    await page.getByRole('button', { name: 'Look up' }).click();
    await page.getByRole('region', { name: 'new@example.com' }).waitFor();
    await page.getByRole('button', { name: 'Give them something everywhere' }).click();
    await page.getByText('PGP key').waitFor();
    assert.equal(await page.locator('.facts dd').filter({ hasText: 'nothing' }).count(), 0);
    await page.getByRole('link', { name: 'Open in GraphiQL' }).click();
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await page
      .getByRole('region', { name: 'Result Window' })
      .filter({ hasText: '"email": "new@example.com"' })
      .waitFor();
    await close(visit);
  });

  it('lets one pull the plug of a provider and of the store, and shows calls, events, failure and recovery', async () => {
    const visit = await open('wire');
    const { page } = visit;
    const plug = (name: string) => page.getByRole('group', { name: `Plug of ${name}` });
    await plug('safebox').getByRole('button', { name: 'Pull the plug' }).click();
    await plug('safebox').getByText('pulled').waitFor();
    await plug('store').getByRole('button', { name: 'Pull the plug' }).click();
    await plug('store').getByText('pulled').waitFor();
    await page.reload();
    await plug('store').getByText('pulled').waitFor();
    await plug('safebox').getByText('pulled').waitFor();

    await page.getByRole('link', { name: 'Phones' }).click();
    await page.getByRole('button', { name: 'Ask by PassBy[ME]' }).click();
    await page.getByRole('alert').filter({ hasText: 'STORE_UNAVAILABLE' }).waitFor();

    await page.getByRole('link', { name: 'Wire' }).click();
    await plug('store').getByRole('button', { name: 'Plug in' }).click();
    await plug('store').getByText('plugged in').waitFor();
    await page.getByRole('link', { name: 'Boxes' }).click();
    await page.getByText('cannot be reached or has failed').first().waitFor();

    await page.getByRole('link', { name: 'Wire' }).click();
    await page
      .getByRole('row')
      .filter({ hasText: 'getSafeboxes' })
      .filter({ hasText: 'unavailable' })
      .first()
      .waitFor();
    await plug('safebox').getByRole('button', { name: 'Plug in' }).click();
    await plug('safebox').getByText('plugged in').waitFor();
    await page.getByRole('link', { name: 'Boxes' }).click();
    await page.getByRole('button', { name: /Laboratory report/ }).waitFor();
    await page.getByRole('link', { name: 'Wire' }).click();
    await page.getByText('safeBoxInboxChanged').first().waitFor();
    await close(visit);
  });

  it('goes on over a restart of the server, without a gap or a repeat, and without being reloaded', async () => {
    const visit = await open('phones');
    const { page } = visit;
    const { product } = given();
    await page.getByLabel('What').fill('Over a restart');
    await page.getByRole('button', { name: 'Ask by PassBy[ME]' }).click();
    const view = page.getByRole('region', { name: 'Over a restart' });
    await view.getByText('event 1').waitFor();
    await product.stop();
    await page.getByText('server away').waitFor();
    await product.startAgain();
    await page.getByText('live', { exact: true }).waitFor();
    await page
      .getByRole('article')
      .filter({ hasText: 'Over a restart' })
      .or(page.getByRole('article').filter({ hasText: 'A question' }))
      .getByRole('button', { name: 'Approve' })
      .first()
      .click();
    await view.getByText('The last event').waitFor();
    const events = (await view.locator('.timeline .moment').allTextContents()).map(
      (text) => /event (\d+)/.exec(text)?.[1],
    );
    assert.deepEqual(events, ['2', '1']);
    await page.context().close();
  });

  for (const [width, colorScheme] of [
    [1280, 'light'],
    [360, 'dark'],
  ] as const) {
    it(`is accessible in every panel, ${colorScheme}, ${width} pixels wide, and says so itself to nobody else`, async () => {
      const visit = await open('tour', { viewport: { width, height: 800 }, colorScheme });
      const { page } = visit;
      await page.getByRole('link', { name: 'GraphiQL', exact: true }).waitFor();
      await page.getByRole('link', { name: 'Apollo Sandbox' }).waitFor();
      for (const panel of PANELS) {
        await page.getByRole('navigation').getByRole('link', { name: panel }).click();
        await page.getByRole('heading', { level: 1 }).waitFor();
        if (panel === 'boxes') await page.getByRole('region', { name: 'Its life' }).waitFor();
        if (panel === 'keys') await page.getByText('Certificate of').first().waitFor();
        if (panel === 'persons') await page.locator('.facts').waitFor();
        await assertAccessible(page, panel);
        await assertFits(page, panel);
      }
      await close(visit);
    });
  }

  it('remembers light or dark', async () => {
    const visit = await open('phones', { colorScheme: 'light' });
    const { page } = visit;
    const ground = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const colours = page.getByRole('button', { name: /^Colours/ });
    await colours.waitFor();
    const light = await ground();
    await colours.click();
    await colours.click();
    const dark = await ground();
    assert.notEqual(dark, light);
    await page.reload();
    await colours.waitFor();
    assert.equal(await ground(), dark);
    await close(visit);
  });

  it('leaves the graph as any other client finds it', async () => {
    const { data } = await askGraph<{ viewer: { subject: string } }>(
      `${given().product.origin}/graphql`,
      '{ viewer { subject } }',
    );
    assert.equal(typeof data.viewer.subject, 'string');
  });
}

function outcome(page: Page, word: string): Promise<void> {
  return page.locator('.outcome').filter({ hasText: word }).first().waitFor();
}

async function pressUntilFocused(page: Page, label: string): Promise<void> {
  const target = page.getByRole('button', { name: label });
  await target.waitFor();
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`the keyboard does not reach ${label}`);
}

async function drop(
  page: Page,
  zone: ReturnType<Page['locator']>,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const dataTransfer = await page.evaluateHandle((entries) => {
    const transfer = new DataTransfer();
    for (const [name, text] of entries) transfer.items.add(new File([text], name, { type: 'text/plain' }));
    return transfer;
  }, Object.entries(files));
  await zone.dispatchEvent('dragover', { dataTransfer });
  await zone.dispatchEvent('drop', { dataTransfer });
}
