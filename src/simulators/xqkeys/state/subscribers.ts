import { ASSUMED } from '../assumptions.js';
import { sendMail } from './mails.js';
import { normal, type Subscriber } from './records.js';
import { revokeTokensOf } from './tokens.js';
import type { World } from './world.js';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

type Wanted = Pick<Subscriber, 'user' | 'identity'> &
  Partial<Omit<Subscriber, 'id' | 'user' | 'identity' | 'startsAt' | 'endsAt'>>;

export function findSubscriber(world: World, user: string): Subscriber | undefined {
  return world.subscribers.get(normal(user));
}

/** The subscriber of this address, made when there is none; one who is there stays as it is. */
export function ensureSubscriber(world: World, wanted: Wanted): Subscriber {
  const found = findSubscriber(world, wanted.user);
  if (found !== undefined) return found;
  const startsAt = world.now();
  const subscriber: Subscriber = {
    id: world.nextId(),
    registered: false,
    validated: false,
    firstName: '',
    lastName: '',
    newsletter: false,
    notifications: 0,
    startsAt,
    endsAt: startsAt + YEAR_MS,
    ...wanted,
  };
  world.subscribers.set(normal(subscriber.user), subscriber);
  world.changed();
  return subscriber;
}

/** The address a trusted device is known by. */
export function deviceAddress(device: string): string {
  return `${device}@${ASSUMED.deviceDomain}`;
}

/** Ends an account and its tokens everywhere; a mail says so. */
export function deleteSubscriber(world: World, subscriber: Subscriber): void {
  world.subscribers.delete(normal(subscriber.user));
  revokeTokensOf(world, subscriber.user);
  sendMail(world, {
    to: subscriber.user,
    channel: 'mail',
    kind: 'farewell',
    arrivesAt: world.now(),
    text: 'Your account was deleted.',
  });
}
