import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { packagePath } from '../../src/package-path.js';

const AXE = readFileSync(packagePath('node_modules/axe-core/axe.min.js'), 'utf8');

/** Fails on every finding that axe calls serious or critical. */
export async function assertAccessible(page: Page, where: string): Promise<void> {
  // The page's own rules let no script in: the debugger may.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  assert.deepEqual(
    serious.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    [],
  );
}

/** Fails when one has to scroll sideways. */
export async function assertFits(page: Page, where: string): Promise<void> {
  const [wanted, given] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(wanted !== undefined && given !== undefined && wanted <= given, `${where}: ${wanted} > ${given}`);
}
