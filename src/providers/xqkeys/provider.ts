import { defineProvider } from '../kit/define-provider.js';
import { xqkeysSettings } from './settings.js';

export const xqkeys = defineProvider({
  name: 'xqkeys',
  description: 'XQ Message: create, share and revoke encryption keys.',
  settings: xqkeysSettings,
  connect: async (settings, tools) => (await import('./connect.js')).connectXqkeys(settings, tools),
});
