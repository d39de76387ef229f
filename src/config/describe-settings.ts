import { z } from 'zod';
import { callSettings } from './calls.js';
import { callerSettings } from './callers.js';
import { keySettings } from './keys.js';
import { limitSettings } from './limits.js';
import { peopleSettings } from './people.js';
import { settingsFileSettings } from './process-environment.js';
import { accountSettings } from './provider-accounts.js';
import type { ProviderSettings } from './provider-settings.js';
import { rateSettings } from './rates.js';
import { redisSettings } from './redis.js';
import { serverSettings } from './server.js';
import { requiredVariables, type SettingShape } from './settings.js';
import { modeSettings } from './simulated-providers.js';
import { subgraphUrlSettings } from './subgraph-urls.js';
import { watchSettings } from './watches.js';

/** One setting, as a person is told of it. */
export interface SettingDescription {
  readonly variable: string;
  readonly description: string;
  /** The default as one would write it; undefined when there is none. */
  readonly defaultText: string | undefined;
  /** Whether what it belongs to works without it. */
  readonly required: boolean;
}

/** Settings that belong together. */
export interface SettingGroup {
  readonly title: string;
  readonly settings: readonly SettingDescription[];
}

/** Every setting there is, in the order a person reads them. */
export function describeSettings(providers: readonly ProviderSettings[]): SettingGroup[] {
  return [
    describeGroup('Where settings come from', settingsFileSettings),
    describeGroup('Server', serverSettings),
    describeGroup('Redis', redisSettings),
    describeGroup('Callers', callerSettings),
    describeGroup('Keys', keySettings),
    describeGroup('Limits of one request', limitSettings),
    describeGroup('Limits within a minute', rateSettings),
    describeGroup('People who are asked', peopleSettings),
    describeGroup('Calls to providers', callSettings),
    describeGroup('Watches', watchSettings),
    describeGroup('Subgraphs as services', subgraphUrlSettings(providers.map((provider) => provider.name))),
    describeGroup('Providers simulated beside real ones', modeSettings(providers.map(({ name }) => name))),
    describeGroup('Accounts at providers', accountSettings),
    ...providers.map((provider) => describeGroup(`Provider ${provider.name}`, provider.settings)),
  ];
}

/**
 * @throws Error for a setting without a description: it would be one that nobody can know of
 */
export function describeGroup(title: string, shape: SettingShape): SettingGroup {
  const required = new Set(requiredVariables(shape));
  const settings = Object.entries(shape).map(([variable, schema]) => {
    if (!schema.description) throw new Error(`${variable} has no description.`);
    return {
      variable,
      description: schema.description,
      defaultText: defaultText(schema),
      required: required.has(variable),
    };
  });
  return { title, settings };
}

function defaultText(schema: z.ZodType): string | undefined {
  if (!(schema instanceof z.ZodDefault)) return undefined;
  const value: unknown = schema.def.defaultValue;
  return Array.isArray(value) ? value.join(',') : String(value);
}
