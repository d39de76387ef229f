import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { describeGroup, describeSettings } from '../../src/config/describe-settings.js';
import { list } from '../../src/config/fields.js';
import { loadConfig } from '../../src/config/index.js';

const shape = {
  CARRIER_HOSTS: list().default(['a', 'b']).describe('Hosts.'),
  CARRIER_KEY: z.string().describe('Key.'),
  CARRIER_NOTE: z.string().optional().describe('Note.'),
};

describe('the description of settings', () => {
  it('tells meaning, default as one would write it, and what is required', () => {
    assert.deepEqual(describeGroup('Provider carrier', shape), {
      title: 'Provider carrier',
      settings: [
        { variable: 'CARRIER_HOSTS', description: 'Hosts.', defaultText: 'a,b', required: false },
        { variable: 'CARRIER_KEY', description: 'Key.', defaultText: undefined, required: true },
        { variable: 'CARRIER_NOTE', description: 'Note.', defaultText: undefined, required: false },
      ],
    });
  });

  it('is refused for a setting that says nothing of itself', () => {
    assert.throws(() => describeGroup('x', { SILENT: z.string() }), /^Error: SILENT has no description\.$/);
  });

  it('holds every variable once, and every default in it is accepted and changes nothing', () => {
    const providers = [{ name: 'carrier', settings: shape }];
    const settings = describeSettings(providers).flatMap((group) => group.settings);
    const names = settings.map(({ variable }) => variable);
    assert.equal(new Set(names).size, names.length);
    assert.ok(
      names.includes('PORT') && names.includes('CARRIER_SUBGRAPH_URL') && names.includes('CARRIER_KEY'),
    );

    const general = settings.filter(({ variable }) => !variable.startsWith('CARRIER_'));
    const defaults = Object.fromEntries(general.map(({ variable, defaultText }) => [variable, defaultText]));
    const { settingsOf: _, accountsOf: _accounts, ...written } = loadConfig(defaults, providers);
    const { settingsOf: __, accountsOf: __accounts, ...implied } = loadConfig({}, providers);
    assert.deepEqual(written, implied);
  });
});
