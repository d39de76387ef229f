import { z } from 'zod';
import { emptyAnswer, jsonAnswer } from '../../src/simulators/kit/answer.js';
import { readJson } from '../../src/simulators/kit/body.js';
import { ControlError, does, shows } from '../../src/simulators/kit/control.js';
import { indexed } from '../../src/simulators/kit/json-file.js';
import { simulate } from '../../src/simulators/kit/simulate.js';

const API_KEY = 'acme-demo-key';
const STATUSES = ['OPEN', 'APPROVED', 'DENIED'] as const;

const requestSchema = z.object({
  id: z.string(),
  user: z.string(),
  status: z.enum(STATUSES),
  /** Milliseconds since the epoch. */
  expiresAt: z.number(),
});
const stateSchema = z.object({ requests: indexed(requestSchema, ({ id }) => id) });

/** A provider that asks somebody for a yes or a no. */
export const acmeSimulator = simulate('acme', ({ clock, random, keep }) => {
  const state = keep(stateSchema, () => ({ requests: new Map() }));
  const shown = (id = '') => {
    const found = state.value.requests.get(id);
    if (found === undefined) return jsonAnswer(404, { error: 'no such request' });
    const status = found.status === 'OPEN' && clock.now() >= found.expiresAt ? 'EXPIRED' : found.status;
    return jsonAnswer(200, { ...found, status });
  };
  return {
    about: 'Acme asks somebody for a yes or a no. Nobody answers by himself.',
    operations: {
      createRequest: [
        'POST /v1/requests',
        async ({ request }) => {
          const { user } = await readJson(request, z.object({ user: z.string().min(1) }));
          const id = random.bytes(8).toString('hex');
          state.value.requests.set(id, { id, user, status: 'OPEN', expiresAt: clock.now() + 60_000 });
          state.changed();
          return shown(id);
        },
      ],
      getRequest: ['GET /v1/requests/:id', ({ params }) => shown(params['id'])],
    },
    refuse: ({ request }) => (request.headers['x-api-key'] === API_KEY ? undefined : emptyAnswer(401)),
    verbs: {
      setStatus: does(
        z.strictObject({ id: z.string(), status: z.enum(STATUSES) }),
        'Somebody answers.',
        ({ id, status }) => {
          const found = state.value.requests.get(id);
          if (found === undefined) throw new ControlError('there is no such request');
          found.status = status;
          state.changed();
        },
      ),
    },
    nouns: { requests: shows('All requests.', () => [...state.value.requests.values()]) },
    environment: (url) => ({ ACME_URL: url, ACME_API_KEY: API_KEY }),
  };
});
