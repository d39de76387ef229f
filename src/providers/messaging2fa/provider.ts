import { defineProvider } from '../kit/define-provider.js';
import { messaging2faSettings } from './settings.js';

export const messaging2fa = defineProvider({
  name: 'messaging2fa',
  description: "PassBy[ME]: ask a person's phone to approve something.",
  settings: messaging2faSettings,
  connect: async (settings, tools) => (await import('./connect.js')).connectMessaging2fa(settings, tools),
});
