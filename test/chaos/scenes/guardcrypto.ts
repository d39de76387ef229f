import { z } from 'zod';
import { guardCryptoSimulator } from '../../../src/simulators/guardcrypto/simulator.js';
import { makeMany } from './make-many.js';
import { HEAD, type Scene } from './scene.js';

const PATH = ['SINGLE_USE', 'CONSUMED'] as const;
const APP_SUITE = 'appsuite-pw';
const KEY = 'key-pw';

const SIGN_IN = `mutation ($email: String!) {
  signInToGuard(input: { username: $email, password: "${APP_SUITE}" }) { problem { code } }
}`;
const CREATE_KEY = `mutation { createGuardKey(input: { name: "Somebody", password: "${KEY}" }) { problem { code } } }`;
const CREATE_TOKEN = `mutation {
  createGuardToken(input: { password: "${KEY}", lifetime: SINGLE_USE }) { problem { code } }
}`;
const event = z.object({
  token: z.object({ lifetime: z.string().nullable(), ended: z.string().nullable() }),
});

/** Tokens for a single use, each of a session and a person of its own, which are used up elsewhere. */
export async function guardcryptoScene(dir: string): Promise<Scene> {
  const simulator = await guardCryptoSimulator.start({ dir, stepMs: 0 });
  await simulator.control.setNewKeyAlgorithm({ algorithm: 'ecc' });
  const { control } = simulator;
  let people = 0;
  return {
    name: 'guardcrypto',
    simulator,
    intervalMs: 20_000,
    // The session goes on, and may get another token.
    isEndless: true,
    subscription: `subscription ($after: String) {
      changed: guardSessionChanged(after: $after) { ${HEAD} token { lifetime ended } }
    }`,
    told(value) {
      const { ended, lifetime } = event.parse(value).token;
      return new Map([['token', ended ?? lifetime ?? 'NONE']]);
    },
    make: (count, ask) =>
      makeMany(count, async () => {
        const name = `person${people++}`;
        const email = `${name}@example.com`;
        await control.createAccount({ email, name, password: APP_SUITE });
        await ask(SIGN_IN, { email }, name);
        await ask(CREATE_KEY, {}, name);
        await ask(CREATE_TOKEN, {}, name);
        return { id: email, caller: name, variables: {}, parts: [{ name: 'token', path: PATH }] };
      }),
    move: ({ id: email }) => control.consumeToken({ email }),
  };
}
