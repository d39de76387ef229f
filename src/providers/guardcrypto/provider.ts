import { defineProvider } from '../kit/define-provider.js';
import { guardcryptoSettings } from './settings.js';

export const guardcrypto = defineProvider({
  name: 'guardcrypto',
  description: 'OX Guard: PGP and S/MIME keys, certificates, mail crypto.',
  settings: guardcryptoSettings,
  connect: async (settings, tools) => (await import('./connect.js')).connectGuard(settings, tools),
});
