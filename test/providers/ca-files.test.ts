import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../src/clock.js';
import { ConfigError, loadConfig } from '../../src/config/index.js';
import { providers } from '../../src/providers/index.js';
import { memoryLogger } from '../support/memory-logger.js';

const PREFIXES: Readonly<Record<string, string>> = { vipidentity: 'VIP' };

for (const provider of providers) {
  const prefix = PREFIXES[provider.name] ?? provider.name.toUpperCase();
  test(`${provider.name} takes authorities of its own, and says which setting names a file it cannot use`, async () => {
    const required = Object.fromEntries(
      Object.entries(provider.settings)
        .filter(([, schema]) => !schema.safeParse(undefined).success)
        .map(([variable]) => [variable, 'https://acme.example']),
    );
    const settings = loadConfig({ ...required, [`${prefix}_CA_FILE`]: '/nonexistent' }, [provider]);
    const tools = { http: {}, clock: systemClock, logger: memoryLogger() };
    await assert.rejects(
      async () => provider.connect(settings.settingsOf(provider), tools),
      (error) => error instanceof ConfigError && error.variable === `${prefix}_CA_FILE`,
    );
  });
}
