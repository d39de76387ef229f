import { z } from 'zod';
import { ASSUMED } from '../assumptions.js';
import type { Subscriber } from '../state/records.js';
import { deleteSubscriber, ensureSubscriber, findSubscriber } from '../state/subscribers.js';
import { issueToken, liveToken, revokeToken } from '../state/tokens.js';
import type { World } from '../state/world.js';
import { nothing, ok, text } from '../wire/answers.js';
import { forbidden } from '../wire/refusal.js';
import { readJson } from '../wire/request-body.js';
import { writing, type AuthorizedCall } from './call.js';

const settingsSchema = z.object({
  newsletter: z.boolean().nullish(),
  newsLetter: z.boolean().nullish(),
  notifications: z.int().min(0).max(3).nullish(),
});

const combinedSchema = z.object({ tokens: z.array(z.string()) });

/** `_sub` and its text (dossier section 3.21; the texts are assumed). */
const SUBSCRIPTIONS = {
  subscribed: { _sub: 2, sub: 'subscribed' },
  expired: { _sub: 3, sub: 'expired' },
  new: { _sub: 4, sub: 'needs validation' },
};

function subscriptionOf({ validated, endsAt }: Subscriber, now: number) {
  if (!validated) return SUBSCRIPTIONS.new;
  return endsAt <= now ? SUBSCRIPTIONS.expired : SUBSCRIPTIONS.subscribed;
}

function subscriberOf({ world, token }: AuthorizedCall): Subscriber {
  const [user = ''] = token.subjects;
  return findSubscriber(world, user) ?? ensureSubscriber(world, { user, identity: token.identity });
}

async function changeSettings(call: AuthorizedCall) {
  if (call.token.identity === 'alias') throw forbidden('An alias has no account');
  const { newsletter, newsLetter, notifications } = await readJson(call.request, settingsSchema);
  const subscriber = subscriberOf(call);
  subscriber.newsletter = newsletter ?? newsLetter ?? subscriber.newsletter;
  subscriber.notifications = notifications ?? subscriber.notifications;
  call.world.changed();
  return nothing();
}

async function combine({ world, request, token }: AuthorizedCall) {
  const { tokens } = await readJson(request, combinedSchema);
  const invalid = tokens.filter((other) => !isCombinable(world, other));
  const merged = [token, ...tokens.flatMap((other) => liveToken(world, other) ?? [])].filter(
    ({ text: other }) => !invalid.includes(other),
  );
  const combined = issueToken(world, {
    kind: 'combined',
    subjects: [...new Set(merged.flatMap(({ subjects }) => subjects))],
    identity: token.identity,
  });
  return ok({ token: combined.text, merged: merged.length, invalid });
}

function isCombinable(world: World, tokenText: string): boolean {
  const kind = liveToken(world, tokenText)?.kind;
  return kind === 'access' || kind === 'delegate';
}

function delegate({ world, token }: AuthorizedCall) {
  const { subjects, identity, teamId, boundIp, expiresAt } = token;
  const lifetimeMs = Math.min(ASSUMED.lifetimes.delegateMs, expiresAt - world.now());
  const twin = { kind: 'delegate', subjects, identity, teamId, boundIp, lifetimeMs } as const;
  return text(issueToken(world, twin).text);
}

/** What a signed-in user, or an alias, does with its account and its token. */
export const ACCOUNT_OPERATIONS = writing({
  delegate: ['GET /delegate', delegate],
  combine: ['POST /combined', combine],
  getSettings: [
    'GET /settings',
    (call) => {
      const { user, newsletter, notifications } = subscriberOf(call);
      return ok({ user, newsletter, notifications });
    },
  ],
  updateSettings: ['PATCH /settings', changeSettings],
  getSubscriber: [
    'GET /subscriber',
    (call) => {
      const subscriber = subscriberOf(call);
      const { id, user, firstName, lastName, startsAt: starts, endsAt: ends } = subscriber;
      const subscription = subscriptionOf(subscriber, call.world.now());
      return ok({ id, user, firstName, lastName, ...subscription, starts, ends });
    },
  ],
  deleteSubscriber: [
    'DELETE /subscriber',
    (call) => {
      deleteSubscriber(call.world, subscriberOf(call));
      return nothing();
    },
  ],
  deleteAuthorization: [
    'DELETE /authorization',
    ({ world, token }) => {
      revokeToken(world, token);
      return nothing();
    },
  ],
});
