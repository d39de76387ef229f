import { language, list, milliseconds, secret, text, tuning, url } from '../../config/fields.js';

/** Environment variables of the SendSecure subgraph. It is live when the enterprise account is set. */
export const safeboxSettings = {
  SAFEBOX_URL: url('https', 'http')
    .default('https://portal.xmedius.com')
    .describe('Portal endpoint of SendSecure; plain http is for simulators.'),
  SAFEBOX_ENTERPRISE_ACCOUNT: text().describe('Enterprise account (permalink) at SendSecure.'),
  SAFEBOX_API_TOKEN: secret()
    .optional()
    .describe(
      'Enterprise access token, for callers who have the scope safebox:enterprise and no session of their own. Secret.',
    ),
  SAFEBOX_SERVER_ORIGINS: list()
    .default([])
    .describe(
      'Origins, besides SAFEBOX_URL, that the portal and the SendSecure server of the account may have, separated by commas.',
    ),
  SAFEBOX_FILE_ORIGINS: list()
    .default([])
    .describe('Origins of the file servers of the account, separated by commas; they never get a token.'),
  SAFEBOX_CA_FILE: text()
    .optional()
    .describe("PEM file with further certificate authorities to trust, besides Node's own."),
  SAFEBOX_LOCALE: tuning(language().default('en')).describe('Language of the event history: en, fr or de.'),
  SAFEBOX_POLL_INTERVAL_MS: tuning(milliseconds().default(15_000)).describe(
    'How often the list of a watched account is read at the most.',
  ),
};
