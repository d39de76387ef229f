import { z } from 'zod';
import { parseJson } from '../../kit/body.js';
import {
  findKey,
  grantKey,
  readKey,
  revokeKeys,
  revokeRecipients,
  secondsLeft,
  storeKey,
} from '../state/keys.js';
import { openPacket } from '../state/packets.js';
import type { KeyRecord } from '../state/records.js';
import { nothing, ok, text } from '../wire/answers.js';
import { Refusal } from '../wire/refusal.js';
import { checked, readJson, readText, textList } from '../wire/request-body.js';
import { param, reading, writing, type AuthorizedCall, type Operations } from './call.js';

const recipientsSchema = z.object({ recipients: textList });
const tokensSchema = z.object({ tokens: textList });

function keyOf(call: AuthorizedCall): KeyRecord {
  return findKey(call.world, param(call, 'locator'));
}

async function addPacket({ world, request }: AuthorizedCall) {
  return text(storeKey(world, openPacket(world, await readText(request))).locator);
}

// What cannot be read is left out.
async function readKeys({ world, request, token, ip }: AuthorizedCall) {
  const locators = await readJson(request, z.array(z.string()));
  const exported = locators.flatMap((locator) => {
    try {
      return [{ [locator]: readKey(world, findKey(world, locator), token, ip) }];
    } catch (error) {
      if (error instanceof Refusal) return [];
      throw error;
    }
  });
  return ok({ exported });
}

// Some published clients have only the query, some both.
async function revokeMany({ world, request, query, token, ip }: AuthorizedCall) {
  const body = parseJson(await readText(request)) ?? { tokens: query.get('tokens') };
  const keys = checked(tokensSchema, body).tokens.map((locator) => findKey(world, locator));
  revokeKeys(world, new Set(keys), token, ip);
  return nothing();
}

async function grant(call: AuthorizedCall) {
  const { recipients } = await readJson(call.request, recipientsSchema);
  grantKey(call.world, keyOf(call), call.token, recipients);
  return nothing();
}

async function revoke(call: AuthorizedCall) {
  const { recipients } = await readJson(call.request, recipientsSchema);
  revokeRecipients(call.world, keyOf(call), call.token, recipients);
  return nothing();
}

/** The key store. */
export const KEY_OPERATIONS: Operations = {
  ...reading({
    getKey: ['GET /key/:locator', (call) => text(readKey(call.world, keyOf(call), call.token, call.ip))],
    getKeys: ['POST /keys', readKeys],
    getExpiration: [
      'GET /expiration/:locator',
      (call) => ok({ expiresOn: secondsLeft(call.world, keyOf(call), call.token) }),
    ],
  }),
  ...writing({
    addPacket: ['POST /packet', addPacket],
    revokeKey: [
      'DELETE /key/:locator',
      (call) => {
        revokeKeys(call.world, new Set([keyOf(call)]), call.token, call.ip);
        return nothing();
      },
    ],
    revokeKeys: ['DELETE /key', revokeMany],
    // Documented with one method, used with the other.
    grantUsers: ['POST|PATCH /grant/:locator', grant],
    revokeUsers: ['PATCH /revoke/:locator', revoke],
  }),
};
