import { emptyAnswer, textAnswer, type HttpAnswer } from '../../kit/answer.js';
import { ASSUMED } from '../assumptions.js';
import { GuardError } from '../guard-error.js';
import { deleteUserKeys as deleteKeysOf, exposeBackups, exposedKeys } from '../state/backups.js';
import type { World } from '../state/world.js';
import { plainText, type Call } from './call.js';

/** Where exposed keys are downloaded; the secret follows. */
const EXPOSED_PATH = '/appsuite/api/guardsupport/exposed/';

/** S43. */
export function deleteUserKeys({ world, params }: Call): HttpAnswer {
  const email = params.find('email');
  const account = email ? world.accountOf(email) : world.account(params.integer('user_id'));
  if (account === undefined || (!email && account.contextId !== params.integer('cid')))
    throw new GuardError('missingParameter', ['user_id']);
  deleteKeysOf(world, account);
  return plainText(ASSUMED.answers.done);
}

/** S44. */
export function exposeKey({ world, params, origin }: Call): HttpAnswer {
  const token = exposeBackups(world, params.text('email'), params.integer('cid'));
  return plainText(`${origin}${EXPOSED_PATH}${token}`);
}

/** Answers the URL of S44; undefined when the path is another. */
export function downloadExposed(world: World, method: string, path: string): HttpAnswer | undefined {
  if (!path.startsWith(EXPOSED_PATH)) return undefined;
  if (method !== 'GET' && method !== 'HEAD') return emptyAnswer(405);
  const keys = exposedKeys(world, path.slice(EXPOSED_PATH.length));
  return keys === undefined
    ? textAnswer(404, 'not found')
    : textAnswer(200, keys.replaceAll('\r\n', '\n'), ASSUMED.armorType);
}
