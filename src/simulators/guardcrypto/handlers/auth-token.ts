import { z } from 'zod';
import type { HttpAnswer } from '../../kit/answer.js';
import { GuardError } from '../guard-error.js';
import { openCredential } from '../state/credentials.js';
import { CRYPTO_TYPES } from '../state/tokens.js';
import { choosePassword, cryptoType, type UserCall } from './call.js';

const minutesSchema = z.int().min(-1);
const createSchema = z.object({
  e_password: z.string().nullish(),
  password: z.string().nullish(),
  minutesValid: minutesSchema.nullish(),
});
const saveSchema = z.object({
  auth: z.string().nullish(),
  minutesValid: minutesSchema.nullish(),
  type: z.enum(CRYPTO_TYPES).nullish(),
});

/** Of a token nobody attached; the middleware's own default. */
const DEFAULT_MINUTES = 0;

/** S36. */
export function checkAuthToken(call: UserCall): HttpAnswer {
  const { world, session, envelope } = call;
  return envelope.data(world.tokens.attached(session.id, cryptoType(call)) ?? {});
}

/** S37: attaches the token only when it is told for how long. */
export async function createAuthToken(call: UserCall): Promise<HttpAnswer> {
  const { world, account, session, params, envelope } = call;
  const type = cryptoType(call);
  const body = params.json(createSchema);
  const password = choosePassword(world, body.password, body.e_password);
  if (password === undefined) throw new GuardError('missingParameter', ['e_password']);
  await openCredential(world, account, type, password.text);
  const auth = world.tokens.create({
    accountId: account.id,
    type,
    password: password.text ?? '',
    sessionId: session.id,
  });
  if (typeof body.minutesValid === 'number')
    return envelope.data(world.tokens.attach(session.id, type, auth, body.minutesValid));
  return envelope.data({ auth, minutesValid: DEFAULT_MINUTES, createdOn: world.clock.now() });
}

/** S38: attaches a token there is; without one, takes away what was attached. */
export function saveAuthToken(call: UserCall): HttpAnswer {
  const { world, account, session, params, envelope } = call;
  const { auth, minutesValid, type: typeInBody } = params.json(saveSchema);
  const type = typeInBody ?? cryptoType(call);
  if (!auth) {
    world.tokens.detach(session.id, type);
    return envelope.data({});
  }
  const token = world.tokens.find(auth);
  if (token?.accountId !== account.id || token.type !== type) throw new GuardError('noToken');
  return envelope.data(world.tokens.attach(session.id, type, auth, minutesValid ?? DEFAULT_MINUTES));
}
