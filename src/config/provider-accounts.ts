import { z } from 'zod';
import { ConfigError } from './config-error.js';
import type { Environment } from './environment.js';
import { isTuning, text } from './fields.js';
import { isConfigured, type ProviderSettings } from './provider-settings.js';
import { readConfiguredFile } from './read-file.js';
import { parseSettings, type SettingShape, type SettingsOf } from './settings.js';

const VARIABLE = 'PROVIDER_ACCOUNTS_FILE';

export const accountSettings = {
  [VARIABLE]: text()
    .optional()
    .describe(
      'JSON file with the settings of providers for each tenant: {"acme": {"SAFEBOX_ENTERPRISE_ACCOUNT": "..."}}. A provider it names is live for these tenants alone, and its settings must not stand elsewhere but for those that tune it. Secret: it may hold the providers\' secrets.',
    ),
};

/** An account at a provider, and whose it is. */
export interface ProviderAccount<Shape extends SettingShape = SettingShape> {
  /** Undefined: everybody's. */
  readonly tenant: string | undefined;
  readonly settings: SettingsOf<Shape>;
}

/** What the file gives each tenant. */
export type TenantSettings = ReadonlyMap<string, Environment>;

const file = z.record(z.string().min(1), z.record(z.string(), z.string()));

/**
 * The settings that tenants have for themselves.
 * @throws ConfigError
 */
export function readTenantSettings(
  environment: Environment,
  providers: readonly ProviderSettings[],
): TenantSettings {
  const path = parseSettings(accountSettings, environment)[VARIABLE];
  if (path === undefined) return new Map();
  const parsed = file.safeParse(parseJson(readConfiguredFile(VARIABLE, path)));
  if (!parsed.success) {
    const [problem] = parsed.error.issues;
    throw new ConfigError(VARIABLE, `is not right at ${problem?.path.join('.') || 'its top'}.`);
  }
  const known = new Set(providers.flatMap(({ settings }) => accountVariables(settings)));
  for (const [tenant, given] of Object.entries(parsed.data)) {
    const unknown = Object.keys(given).find((variable) => !known.has(variable));
    if (unknown !== undefined)
      throw new ConfigError(VARIABLE, `gives ${tenant} ${unknown}, which is no setting of an account.`);
  }
  return new Map(Object.entries(parsed.data));
}

/**
 * The accounts there are at a provider: one that all tenants share, or those of tenants that have their own. None: it is
 * not configured.
 * @throws ConfigError when some settings of an account are missing or wrong, or it is told both ways
 */
export function accountsOf<Shape extends SettingShape>(
  { name, settings }: ProviderSettings<Shape>,
  environment: Environment,
  tenants: TenantSettings,
): readonly ProviderAccount<Shape>[] {
  const variables = accountVariables(settings);
  const own = [...tenants].filter(([, given]) => variables.some((variable) => variable in given));
  const shared = isConfigured(settings, environment);
  if (own.length === 0)
    return shared ? [{ tenant: undefined, settings: parseSettings(settings, environment) }] : [];
  if (shared)
    throw new ConfigError(VARIABLE, `has accounts at ${name}, and the environment has one for everybody.`);
  const tuning = Object.entries(environment).filter(([variable]) => !variables.includes(variable));
  return own.map(([tenant, given]) =>
    readOf(tenant, () => {
      isConfigured(settings, given);
      return { tenant, settings: parseSettings(settings, { ...Object.fromEntries(tuning), ...given }) };
    }),
  );
}

/** Says of whose settings something is wrong. @param tenant undefined: everybody's */
export async function ofTenant<Result>(
  tenant: string | undefined,
  use: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await use();
  } catch (error) {
    throw naming(tenant, error);
  }
}

function readOf<Result>(tenant: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw naming(tenant, error);
  }
}

function naming(tenant: string | undefined, error: unknown): unknown {
  if (tenant === undefined || !(error instanceof ConfigError)) return error;
  return new ConfigError(VARIABLE, `is not right for ${tenant}: ${error.message}`);
}

/** Settings that make an account what it is; the others tune the provider, whoever calls. */
function accountVariables(shape: SettingShape): string[] {
  return Object.keys(shape).filter((variable) => !isTuning(shape[variable]));
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
