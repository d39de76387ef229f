import { z } from 'zod';
import { secret, url } from '../../config/fields.js';
import { json } from '../kit/answer.js';
import type { CallOptions } from '../kit/call-options.js';
import { defineProvider } from '../kit/define-provider.js';
import { createHttpClient } from '../kit/http-client.js';
import { createRest } from '../kit/rest.js';
import type { Operations } from '../kit/rest.js';
import { errorFromStatus } from '../kit/status-error.js';

const answer = json(
  z.object({ id: z.string().min(1), user: z.string(), status: z.string(), expiresAt: z.number() }),
);
const OPERATIONS = {
  createRequest: { call: 'POST /v1/requests', answer },
  getRequest: { call: 'GET /v1/requests/:id', answer },
} as const satisfies Operations;

/** A question to somebody, as Acme tells of it. */
export type AcmeRequest = ReturnType<typeof answer>;

/** Acme. Every failure is a `ProviderError`. */
export interface AcmeClient {
  /** Asks somebody. */
  create(user: string, options: CallOptions): Promise<AcmeRequest>;
  /** Reads how far it has come; changes nothing. */
  get(id: string, options?: CallOptions): Promise<AcmeRequest>;
  close(): Promise<void>;
}

export const acme = defineProvider({
  name: 'acme',
  description: 'Acme: asks somebody for a yes or a no.',
  settings: {
    ACME_URL: url('http').describe('Base URL of Acme.'),
    ACME_API_KEY: secret().describe('Key of the account. Secret.'),
  },
  connect({ ACME_URL, ACME_API_KEY }, { http: policy, clock, logger }): AcmeClient {
    const http = createHttpClient({ ...policy, provider: 'acme', origins: [ACME_URL], clock, logger });
    const rest = createRest({
      provider: 'acme',
      operations: OPERATIONS,
      locate: () => ({ http }),
      headers: () => ({ 'x-api-key': ACME_API_KEY.reveal() }),
      refuse: ({ status, source }) => errorFromStatus(status, source),
    });
    return {
      create: (user, options) => rest(options, 'createRequest', { json: { user } }),
      get: (id, options = {}) => rest(options, 'getRequest', { path: { id } }),
      close: () => http.close(),
    };
  },
});
