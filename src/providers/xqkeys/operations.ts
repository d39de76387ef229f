import type { Operation } from '../kit/rest.js';
import type { Meanings } from './errors.js';
import { apiKeyInfo, certificateBundle, combinedToken, settings, subscriber } from './wire/account.js';
import {
  bits,
  done,
  hexDigits,
  json,
  jsonList,
  key,
  packet,
  sealed,
  storedKey,
  time,
  token,
} from './wire/answers.js';
import { communication, communications, eventLog, eventTypes } from './wire/dashboard.js';
import { expiration, exportedKeys, tokensResult } from './wire/keys.js';

/** The four services of the provider. */
export const SERVICES = ['subscription', 'validation', 'quantum', 'dashboard'] as const;
export type Service = (typeof SERVICES)[number];

export interface XqOperation extends Operation {
  readonly service: Service;
  /** Statuses to which it gives a meaning of its own. */
  readonly meanings?: Meanings;
}

const subscription = { service: 'subscription' } as const;
const quantum = { service: 'quantum' } as const;
const dashboard = { service: 'dashboard' } as const;

const UNAVAILABLE = {
  code: 'NOT_FOUND',
  message: 'There is no such key, or it is no longer available.',
} as const;
const KEY_MEANINGS: Meanings = { 404: UNAVAILABLE, 410: UNAVAILABLE };
const validation = { service: 'validation', meanings: KEY_MEANINGS } as const;
/** An expired key has no time left, which is an answer too. */
const EXPIRED: Meanings = { ...KEY_MEANINGS, 410: { code: 'ALREADY_COMPLETED' } };
const BAD_PACKET: Meanings = {
  400: { code: 'INVALID_INPUT', reason: 'MALFORMED', message: 'The packet is not valid.', path: ['packet'] },
};
const REFUSED_DEVICE: Meanings = {
  401: {
    code: 'FORBIDDEN',
    message: 'The provider does not let this device in: its address, its certificate or its clock.',
  },
};
/** Says not which part is wrong. */
export const REFUSED_CERTIFICATE =
  'The device is not let in: its certificate, the keys that belong to it, its address or its clock are not accepted.';
const NO_CERTIFICATE: Meanings = Object.fromEntries(
  [400, 401, 403, 404, 409, 410].map((status) => [
    status,
    { code: 'WRONG_SECRET', message: REFUSED_CERTIFICATE } as const,
  ]),
);
const WRONG_PIN: Meanings = {
  401: {
    code: 'WRONG_SECRET',
    message: 'The PIN is not right, or was used already, or the request has lapsed.',
    path: ['pin'],
  },
  409: {
    code: 'ALREADY_COMPLETED',
    reason: 'ALREADY_DONE',
    message: 'The request is confirmed already, by PIN or link: go on with exchangeXqAccess.',
    path: ['authorizationId'],
  },
};
const NOT_CONFIRMED: Meanings = {
  401: {
    code: 'SIGN_IN_REQUIRED',
    message: 'The request is not confirmed yet by PIN or link, or it has lapsed.',
  },
};
const NO_DASHBOARD: Meanings = {
  401: { code: 'FORBIDDEN', message: 'The provider opens no dashboard for this session.' },
};
const BAD_USER: Meanings = {
  400: {
    code: 'INVALID_INPUT',
    reason: 'MALFORMED',
    message: 'user must be an e-mail address or a phone number.',
    path: ['user'],
  },
};
const REGISTERED: Meanings = {
  409: {
    code: 'CONFLICT',
    reason: 'TAKEN',
    message: 'The address belongs to a registered account: request access instead.',
    path: ['user'],
  },
};

/** The operations in use (dossier sections 2.1 and 2.3). What shows in the provider's event log is a write, too. */
export const OPERATIONS = {
  validate_api_key: { ...subscription, call: 'GET /apikey', answer: json(apiKeyInfo) },
  get_settings: { ...subscription, call: 'GET /settings', answer: json(settings) },
  update_settings: { ...subscription, call: 'PATCH /settings', answer: done },
  get_subscriber: { ...subscription, call: 'GET /subscriber', answer: json(subscriber) },
  delete_subscriber: { ...subscription, call: 'DELETE /subscriber', answer: done },
  combined: { ...subscription, call: 'POST /combined', answer: json(combinedToken) },

  authorize_user: { ...subscription, call: 'POST /authorize', answer: token, meanings: BAD_USER },
  code_validate: {
    ...subscription,
    call: 'GET /codevalidation',
    kind: 'write',
    answer: done,
    meanings: WRONG_PIN,
  },
  // A success uses up the token.
  exchange_key: {
    ...subscription,
    call: 'GET /exchange',
    kind: 'write',
    once: true,
    answer: token,
    meanings: NOT_CONFIRMED,
  },
  authorize_alias: { ...subscription, call: 'POST /authorizealias', answer: token, meanings: REGISTERED },
  delegate: { ...subscription, call: 'GET /delegate', answer: token },
  delete_authorization: { ...subscription, call: 'DELETE /authorization', answer: done },

  time: { ...subscription, call: 'GET /time', answer: time },
  authorize_device: {
    ...subscription,
    call: 'POST /authorize/trusted/:businessId',
    answer: sealed,
    meanings: REFUSED_DEVICE,
  },
  authorize_device_cert: {
    ...subscription,
    call: 'POST /authorize/certificate/:certificateId',
    answer: sealed,
    meanings: NO_CERTIFICATE,
  },

  create_packet: { ...subscription, call: 'POST /packet', answer: packet },
  create_and_store_packet: { ...subscription, call: 'POST /packet/add', answer: storedKey },
  create_and_store_packets: { ...subscription, call: 'POST /packet/add', answer: json(tokensResult) },

  add_packet: { ...validation, call: 'POST /packet', answer: storedKey, meanings: BAD_PACKET },
  get_packet: { ...validation, call: 'GET /key/:locator', kind: 'write', once: true, answer: key },
  get_packets: { ...validation, call: 'POST /keys', once: true, answer: json(exportedKeys) },
  CheckKeyExpiration: {
    ...validation,
    call: 'GET /expiration/:locator',
    answer: json(expiration),
    meanings: EXPIRED,
  },
  grant_users: { ...validation, call: 'POST /grant/:locator', answer: done },
  revoke_users: { ...validation, call: 'PATCH /revoke/:locator', answer: done },
  revoke_packet: { ...validation, call: 'DELETE /key/:locator', answer: done },
  revoke_packets: { ...validation, call: 'DELETE /key', answer: done },

  get_entropy: { ...quantum, call: 'GET /', answer: hexDigits },
  get_entropy_bits: { ...quantum, call: 'GET /', answer: bits },

  login_verify: { ...dashboard, call: 'GET /login/verify', answer: token, meanings: NO_DASHBOARD },
  announce_device: { ...dashboard, call: 'POST /trusted/announce', answer: done },
  generate_device_certificate: { ...dashboard, call: 'POST /certificate', answer: json(certificateBundle) },
  GetCommunications: { ...dashboard, call: 'GET /communications', answer: json(communications) },
  get_communication_by_locator_token: {
    ...dashboard,
    call: 'GET /communication/:locator',
    answer: json(communication),
  },
  add_labels_to_locator_token: { ...dashboard, call: 'PATCH /communication/:locator/labels', answer: done },
  GetEventLogs: { ...dashboard, call: 'GET /log', answer: jsonList(eventLog, 'log') },
  GetEventTypes: { ...dashboard, call: 'GET /eventtypes', answer: jsonList(eventTypes, 'eventTypes') },
} as const satisfies Readonly<Record<string, XqOperation>>;
