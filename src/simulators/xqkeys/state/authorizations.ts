import { ASSUMED } from '../assumptions.js';
import { forbidden, Refusal, unauthorized } from '../wire/refusal.js';
import { triggerOf } from './addresses.js';
import { sendMail } from './mails.js';
import { normal, type Authorization, type TokenRecord } from './records.js';
import { ensureSubscriber, findSubscriber } from './subscribers.js';
import { findTeam, isMember, teamOf } from './teams.js';
import { issuePersonToken, issueToken, liveToken, revokeToken } from './tokens.js';
import type { World } from './world.js';

export interface AccessRequest {
  readonly user: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly newsletter: boolean;
  readonly notifications: number;
  /** `pin`: the mail shows only the code; `sms`: a text message. */
  readonly codeType: string;
  /** Text of the message, with `$pin` and `$link` in it. */
  readonly template: string;
  /** Stands for `$link`. */
  readonly target: string;
  /** Nothing is sent: the caller gets the PIN. */
  readonly quiet: boolean;
}

/** Begins the sign-in of a person: a pre-auth token for the caller, PIN and link for the person. */
export function startAuthorization(world: World, request: AccessRequest): Authorization {
  const { user, quiet } = request;
  const trigger = triggerOf(user);
  if (trigger === 'blocked') throw forbidden('This user is blocked');
  const { firstName, lastName, newsletter, notifications } = request;
  ensureSubscriber(world, { user, identity: 'person', firstName, lastName, newsletter, notifications });
  const token = issueToken(world, {
    kind: 'preauth',
    subjects: [user],
    identity: 'person',
    ...(trigger === 'expired' ? { lifetimeMs: 0 } : {}),
  });
  const authorization: Authorization = {
    token: token.text,
    user,
    pin: world.dialect.pin,
    pinUsableAt: world.now() + (trigger === 'slowmail' ? ASSUMED.mailDelayMs : 0),
    linkSecret: world.secretText(),
    attempts: 0,
    ...(trigger === 'link' ? { clicksAtAttempt: 3 } : {}),
  };
  world.records.authorizations = [...pending(world), authorization];
  if (!quiet) deliver(world, request, authorization);
  world.changed();
  return authorization;
}

/** Proves the person by the mailed PIN; once, and not after the link was clicked. @throws Refusal */
export function confirmPin(world: World, token: TokenRecord, pin: string): void {
  const authorization = authorizationOf(world, token);
  if (authorization.validatedBy !== undefined)
    throw new Refusal(ASSUMED.statuses.usedCode, 'The code was already used');
  if (world.now() < authorization.pinUsableAt || pin !== authorization.pin)
    throw unauthorized('The code is not correct');
  authorization.validatedBy = 'pin';
  world.changed();
}

/** The person follows the mailed link. @returns whether there is such a link */
export function clickLink(world: World, linkSecret: string): boolean {
  const found = pending(world).find((authorization) => authorization.linkSecret === linkSecret);
  if (found === undefined) return false;
  found.validatedBy ??= 'link';
  world.changed();
  return true;
}

/** Newest open sign-in of this person. */
export function newestAuthorization(world: World, user: string): Authorization | undefined {
  return pending(world).findLast(
    (authorization) => normal(authorization.user) === normal(user) && authorization.validatedBy === undefined,
  );
}

/** Turns the pre-auth token, once, into an access token. @throws Refusal before the person is proven */
export function exchangeToken(world: World, token: TokenRecord, teamId: number | undefined): string {
  const authorization = authorizationOf(world, token);
  authorization.attempts += 1;
  if (authorization.attempts === authorization.clicksAtAttempt) authorization.validatedBy ??= 'link';
  world.changed();
  if (authorization.validatedBy === undefined) throw unauthorized('The user is not validated yet');
  const { user } = authorization;
  const boundTeamId = checkedTeam(world, user, teamId);
  revokeToken(world, token);
  world.records.authorizations = world.records.authorizations.filter((other) => other !== authorization);
  const subscriber = findSubscriber(world, user) ?? ensureSubscriber(world, { user, identity: 'person' });
  subscriber.validated = true;
  return issuePersonToken(world, 'access', user, boundTeamId);
}

/** The team asked for, or the person's own. @throws Refusal when the person does not belong to it */
export function checkedTeam(world: World, user: string, teamId: number | undefined): number | undefined {
  if (teamId === undefined) return teamOf(world, user)?.id;
  if (findTeam(world, teamId) === undefined || !isMember(world, teamId, user))
    throw forbidden('The user is not a member of this team');
  return teamId;
}

function deliver(
  world: World,
  request: AccessRequest,
  { pin, linkSecret, pinUsableAt }: Authorization,
): void {
  const linkPath = `/__sim/link/${linkSecret}`;
  const channel = request.codeType === 'sms' || !request.user.includes('@') ? 'sms' : 'mail';
  const template =
    request.template !== '' ? request.template : request.codeType === 'pin' ? '$pin' : '$pin or $link';
  sendMail(world, {
    to: request.user,
    channel,
    kind: 'authorization',
    arrivesAt: pinUsableAt,
    pin,
    ...(request.codeType === 'pin' ? {} : { linkPath }),
    text: template
      .replaceAll('$pin', pin)
      .replaceAll('$link', request.target === '' ? linkPath : request.target),
  });
}

function pending(world: World): Authorization[] {
  return world.records.authorizations.filter(({ token }) => liveToken(world, token) !== undefined);
}

function authorizationOf(world: World, token: TokenRecord): Authorization {
  const found = pending(world).find((authorization) => authorization.token === token.text);
  if (found === undefined) throw unauthorized();
  return found;
}
