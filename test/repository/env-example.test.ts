import assert from 'node:assert/strict';
import { it } from 'node:test';
import { z } from 'zod';
import { describeGroup } from '../../src/config/describe-settings.js';
import { renderEnvExample } from '../../scripts/docs/render-env-example.js';

it('.env.example names every setting with meaning and default, and a copy of it changes nothing', () => {
  const group = describeGroup('Carrier', {
    CARRIER_URL: z.string().default('https://carrier.example').describe('Base URL.'),
    CARRIER_KEY: z.string().describe('API key.'),
  });
  const text = renderEnvExample([group]);
  assert.ok(text.includes('# Base URL.\n#CARRIER_URL=https://carrier.example\n'));
  assert.ok(text.includes('# API key. Required where the provider is live.\n#CARRIER_KEY=\n'));
  assert.ok(text.split('\n').every((line) => line === '' || line.startsWith('#')));
});
