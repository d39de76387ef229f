import { defineProvider } from '../kit/define-provider.js';
import { safeboxSettings } from './settings.js';

export const safebox = defineProvider({
  name: 'safebox',
  description: 'XMedius SendSecure: files and messages in time-limited boxes.',
  settings: safeboxSettings,
  connect: async (settings, tools) => (await import('./connect.js')).connectSafebox(settings, tools),
});
