import { defineProvider } from '../kit/define-provider.js';
import { vipidentitySettings } from './settings.js';

export const vipidentity = defineProvider({
  name: 'vipidentity',
  description: 'Symantec VIP: users, credentials, one-time codes, push, risk.',
  settings: vipidentitySettings,
  connect: async (settings, tools) => (await import('./connect.js')).connectVip(settings, tools),
});
