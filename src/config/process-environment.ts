import { parseEnv } from 'node:util';
import { readVariable, type Environment } from './environment.js';
import { list } from './fields.js';
import { readConfiguredFile } from './read-file.js';
import { parseSettings } from './settings.js';

export const settingsFileSettings = {
  SEALGRAPH_SETTINGS_FILES: list()
    .default([])
    .describe(
      'Files with more settings, a NAME=value per line, such as mounted secrets; several separated by commas. What is set in the environment itself counts more, then the earlier file.',
    ),
};

/**
 * The settings this process is given: its environment, and the files that this names. A copy, so that later changes do
 * not reach a configuration already made.
 * @throws ConfigError when a file cannot be read
 */
export function processEnvironment(): Environment {
  return withSettingsFiles(process.env);
}

/**
 * Adds what is written in the files that an environment names.
 * @throws ConfigError when one cannot be read
 */
export function withSettingsFiles(environment: Environment): Environment {
  const { SEALGRAPH_SETTINGS_FILES: paths } = parseSettings(settingsFileSettings, environment);
  const files = paths.map((path) => parseEnv(readConfiguredFile('SEALGRAPH_SETTINGS_FILES', path)));
  const settings: Record<string, string | undefined> = { ...environment };
  for (const [variable, text] of files.flatMap((file) => Object.entries(file))) {
    if (readVariable(settings, variable) === undefined) settings[variable] = text;
  }
  return settings;
}
