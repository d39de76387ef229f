import { textAnswer, type HttpAnswer } from '../kit/answer.js';
import { ASSUMED, ERRORS } from './assumptions.js';
import { keyFacts } from './pgp/key-facts.js';
import { readStoredKey } from './pgp/read-keys.js';
import { hasKey } from './state/key-rings.js';
import type { World } from './state/world.js';
import type { Key } from 'openpgp';

/** The public key server (HKP) of dossier section 2.9: users' current keys; undefined when the path is another. */
export async function lookUpKeys(
  world: World,
  path: string,
  query: URLSearchParams,
): Promise<HttpAnswer | undefined> {
  const place = /^\/(?:pks|pgp)(?:\/(.*))?$/.exec(path);
  if (place === null) return undefined;
  const search = query.get('search');
  const operation = query.get('op');
  if (place[1] !== 'lookup' || search === null || (operation !== 'get' && operation !== 'index'))
    return textAnswer(406, ERRORS.missingParameter.code);
  const keys = await findKeys(world, search);
  if (keys.length === 0) return textAnswer(404, 'not found');
  if (operation === 'index') return textAnswer(200, await machineReadable(keys, world.now()));
  return textAnswer(200, keys.map((key) => key.toPublic().armor()).join(''), ASSUMED.armorType);
}

async function findKeys(world: World, search: string): Promise<Key[]> {
  const hex = /^0x([0-9a-f]{8,40})$/i.exec(search)?.[1]?.toLowerCase();
  const found: Key[] = [];
  for (const ring of world.state.rings.filter(({ current }) => current)) {
    const key = await readStoredKey(ring.armored);
    const email = world.account(ring.accountId)?.email.toLowerCase();
    const matches =
      hex === undefined
        ? email === search.toLowerCase()
        : key.getFingerprint().endsWith(hex) || hasKey(key, hex.slice(-16));
    if (matches) found.push(key);
  }
  return found;
}

async function machineReadable(keys: readonly Key[], now: Date): Promise<string> {
  const lines = [`info:1:${keys.length}`];
  for (const key of keys) {
    const [master] = await keyFacts(key, now);
    if (master === undefined) continue;
    const { fingerPrint, creationTime, userIds, revoked, expired } = master;
    const flags = `${revoked ? 'r' : ''}${expired ? 'e' : ''}`;
    lines.push(`pub:${fingerPrint}:::${creationTime / 1000}::${flags}`);
    for (const userId of userIds) lines.push(`uid:${encodeURIComponent(userId)}:${creationTime / 1000}::`);
  }
  return `${lines.join('\n')}\n`;
}
