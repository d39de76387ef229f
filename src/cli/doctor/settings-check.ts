import { findUnknownSettings } from '../../config/index.js';
import type { ConfigSurvey, Environment } from '../../config/index.js';
import { providers } from '../../providers/index.js';
import type { Check } from './finding.js';

/** Settings that are wrong or missing, and what is set and is no setting. */
export function settingsChecks(environment: Environment, { problems }: ConfigSurvey): readonly Check[] {
  return [
    {
      what: 'settings',
      run(complain) {
        for (const { variable, message } of problems)
          complain({ level: 'failure', setting: variable, message });
      },
    },
    {
      what: 'names of settings',
      run(complain) {
        for (const { variable, suggestion } of findUnknownSettings(environment, providers)) {
          const question = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;
          complain({ level: 'warning', setting: variable, message: `${variable} is no setting.${question}` });
        }
      },
    },
  ];
}
