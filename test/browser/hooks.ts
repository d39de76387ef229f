import assert from 'node:assert/strict';
import { it } from 'node:test';
import { build } from 'esbuild';
import { packagePath } from '../../src/package-path.js';
import type { Product, Surfer } from './world.js';

/** `sealgraph/client/react`, as installed, in a page of somebody's. */
export function hooksTests(given: () => { surfer: Surfer; product: Product }): void {
  it('shows an approval, a SafeBox and the inbox live, and stops listening when they are gone', async () => {
    const { surfer, product } = given();
    const { outputFiles } = await build({
      entryPoints: [packagePath('test/browser/hooks-page.tsx')],
      bundle: true,
      format: 'esm',
      jsx: 'automatic',
      define: { 'process.env.NODE_ENV': '"production"' },
      write: false,
      logLevel: 'silent',
    });
    const [script] = outputFiles;
    assert(script);
    const { page, complaints, elsewhere } = await surfer.visit(`${product.origin}/health/live`);
    await page.addScriptTag({ type: 'module', content: script.text });

    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.locator('#approval', { hasText: 'PENDING live' }).waitFor();
    await page.locator('#approval', { hasText: 'APPROVED over' }).waitFor();
    await page.getByRole('button', { name: 'Ask another' }).click();
    await page.locator('#approval', { hasText: 'PENDING live' }).waitFor();
    const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
    const last = seen.at(-1)?.split(' ')[0];
    assert.deepEqual(
      [...new Set(seen.filter((one) => one.split(' ')[0] === last))].map((one) => one.split(' ')[1]),
      ['unknown', 'PENDING'],
      'nothing of the message before',
    );

    const inbox = page.locator('#inbox', { hasText: /^\d+ open$/ });
    const openBefore = Number.parseInt((await inbox.textContent()) ?? '', 10);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.locator('#box', { hasText: 'Hooked IN_PROGRESS live' }).waitFor();
    await page.locator('#inbox', { hasText: `${openBefore + 1} open` }).waitFor();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.locator('#box').waitFor({ state: 'detached' });
    assert.deepEqual([complaints, elsewhere], [[], []]);
  });
}
