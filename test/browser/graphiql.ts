import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import { startGateway } from '../support/gateway/start.js';
import { assertAccessible, assertFits } from './accessibility.js';
import type { Product, Surfer } from './world.js';

export function graphiqlTests(given: () => { surfer: Surfer; product: Product }): void {
  it('answers the first click on Play in every tab, live where it is live, and says what to run first', async () => {
    const { surfer, product } = given();
    const visit = await surfer.visit(`${product.origin}/graphiql`);
    const { page } = visit;
    await tabs(page).nth(3).waitFor();
    await openTab(page, 'WatchTwoFactorMessage');
    await page
      .getByRole('region', { name: 'Variables' })
      .filter({ hasText: 'answered by SendTwoFactorMessage' })
      .waitFor();
    await play(page);
    await result(page, 'Run SendTwoFactorMessage first');
    await openTab(page, 'SendTwoFactorMessage');
    await play(page);
    await result(page, '"status": "PENDING"');
    await openTab(page, 'WatchTwoFactorMessage');
    await play(page);
    await result(page, '"sequence": 1');
    await result(page, '"isTerminal": true');
    for (const [tab, part] of [
      ['SecurityOverview', '"person"'],
      ['SignIn', '"username"'],
      ['SafeBoxes', '"edges"'],
      ['Viewer', '"subject"'],
    ] as const) {
      await openTab(page, tab);
      await play(page);
      await result(page, part);
    }
    assert.deepEqual([visit.complaints, visit.elsewhere], [[], []]);
    await page.context().close();
  });

  it('shows no notation of ours in any tab', async () => {
    const { surfer, product } = given();
    const { page } = await surfer.visit(`${product.origin}/graphiql`);
    await tabs(page).first().waitFor();
    const kept = await page.waitForFunction(() => localStorage.getItem('graphiql:tabState'));
    const state = JSON.parse(String(await kept.jsonValue())) as {
      tabs: { query: string; variables: string }[];
    };
    for (const { query, variables } of state.tabs) {
      assert.doesNotMatch(`${query}${variables}`, /# First:|\{\S+ of \S+\}/);
    }
    await page.context().close();
  });

  it('opens with the query and the variables of its address, every time', async () => {
    const { surfer, product } = given();
    const asked = (text: string): string =>
      `${product.origin}/graphiql?${new URLSearchParams({
        query: 'query Asked($email: String!) { person(email: $email) { email } }',
        variables: JSON.stringify({ email: text }),
      }).toString()}`;
    const { page } = await surfer.visit(asked('one@example.test'));
    await play(page);
    await result(page, '"email": "one@example.test"');
    await page.goto(asked('two@example.test'));
    await page.getByRole('region', { name: 'Variables' }).filter({ hasText: 'two@example.test' }).waitFor();
    await play(page);
    await result(page, '"email": "two@example.test"');
    await page.context().close();
  });

  it('sends the token with queries and as connection parameter, keeps it nowhere, and says when it is refused', async (t) => {
    const examples = [
      { name: 'who', document: 'query Who { messages { id } }' },
      {
        name: 'live',
        document: 'subscription Live($id: ID!) { messageChanged(id: $id) { text } }',
        variables: { id: '1' },
      },
    ];
    const { url } = await startGateway(t, { landingPages: { examples } });
    const { page } = await given().surfer.visit(`${url}/graphiql`);
    const initials: string[] = [];
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => {
        const text = String(payload);
        if (text.includes('connection_init')) initials.push(text);
      }),
    );
    await openTab(page, 'Live');
    await page.getByRole('button', { name: 'Headers', exact: true }).click();
    await enterHeaders(page);
    await play(page);
    await result(page, 'text');
    assert.deepEqual(
      initials.map((text) => JSON.parse(text) as unknown),
      [{ type: 'connection_init', payload: { Authorization: 'Bearer a-secret-token' } }],
    );
    // Into the history goes what the tab has taken over from its editors.
    const kept = (key: string): Promise<unknown> =>
      page.waitForFunction((name) => localStorage.getItem(name)?.includes('# again'), key);
    await openTab(page, 'Who');
    await enterHeaders(page);
    await page.locator('.graphiql-query-editor .CodeMirror').click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.insertText('# again\n');
    await kept('graphiql:tabState');
    await play(page);
    await kept('graphiql:queries');
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    assert.doesNotMatch(stored, /a-secret-token/);
    await page.context().close();
  });

  for (const [width, colorScheme] of [
    [1280, 'light'],
    [1280, 'dark'],
    [360, 'light'],
  ] as const) {
    it(`is accessible and readable, ${colorScheme}, ${width} pixels wide`, async () => {
      const { surfer, product } = given();
      const { page } = await surfer.visit(`${product.origin}/graphiql`, {
        viewport: { width, height: 800 },
        colorScheme,
      });
      await play(page);
      await result(page, 'twoFactorMessage');
      await assertAccessible(page, 'GraphiQL');
      await assertFits(page, 'GraphiQL');
      const box = await page.getByRole('region', { name: 'Result Window' }).boundingBox();
      assert.ok((box?.width ?? 0) > 250, `the result is ${box?.width} pixels wide`);
      await page.context().close();
    });
  }
}

function tabs(page: Page) {
  return page.locator('.graphiql-tab-button');
}

function openTab(page: Page, name: string): Promise<void> {
  return tabs(page)
    .filter({ hasText: new RegExp(`^${name}$`) })
    .click();
}

async function enterHeaders(page: Page): Promise<void> {
  await page.locator('.graphiql-editor-tool .CodeMirror:visible').click();
  await page.keyboard.insertText('{ "Authorization": "Bearer a-secret-token" }');
}

/** As a hand does it: where the button is, down and up. */
async function play(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: /^(Execute query|Stop query)/ });
  await button.hover();
  await page.mouse.down();
  await page.mouse.up();
}

function result(page: Page, part: string): Promise<void> {
  return page.getByRole('region', { name: 'Result Window' }).filter({ hasText: part }).waitFor();
}
