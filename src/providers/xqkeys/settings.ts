import { milliseconds, secret, text, tuning, url } from '../../config/fields.js';

/** Environment variables of the XQ Message subgraph. It is live when the general API key is set. */
export const xqkeysSettings = {
  XQKEYS_SUBSCRIPTION_URL: url('https', 'http')
    .default('https://subscription.xqmsg.net/v2')
    .describe('Base URL of the subscription service: people, devices, tokens, packets.'),
  XQKEYS_VALIDATION_URL: url('https', 'http')
    .default('https://validation.xqmsg.net/v2')
    .describe('Base URL of the validation service, which keeps the keys.'),
  XQKEYS_QUANTUM_URL: url('https', 'http')
    .default('https://quantum.xqmsg.net/v2')
    .describe('Base URL of the quantum service: entropy.'),
  XQKEYS_DASHBOARD_URL: url('https', 'http')
    .default('https://dashboard.xqmsg.net/v2')
    .describe('Base URL of the dashboard service: devices, communications, events.'),
  XQKEYS_API_KEY: secret().describe('General API key of the application. Secret.'),
  XQKEYS_DASHBOARD_API_KEY: secret()
    .optional()
    .describe('Dashboard API key, for what needs the dashboard service. Secret.'),
  XQKEYS_LOCATOR_KEY: secret()
    .optional()
    .describe(
      "The team's locator key, for devices that sign in by it and do not bring it themselves. Secret.",
    ),
  XQKEYS_CA_FILE: text()
    .optional()
    .describe("PEM file with further certificate authorities to trust, besides Node's own."),
  XQKEYS_POLL_INTERVAL_MS: tuning(milliseconds().default(60_000)).describe(
    'How often the state of a watched key or session is asked for at the most.',
  ),
};
