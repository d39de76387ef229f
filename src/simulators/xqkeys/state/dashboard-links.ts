import { sendMail } from './mails.js';
import { ensureSubscriber } from './subscribers.js';
import { issuePersonToken } from './tokens.js';
import type { World } from './world.js';

/** Mails a link; whoever follows it gets a pre-auth token of the dashboard. */
export function mailDashboardLink(world: World, user: string): void {
  ensureSubscriber(world, { user, identity: 'person' });
  const linkPath = `/__sim/link/${world.secretText()}`;
  sendMail(world, {
    to: user,
    channel: 'mail',
    kind: 'dashboard',
    arrivesAt: world.now(),
    linkPath,
    text: linkPath,
  });
}

/** The pre-auth token behind a mailed link; undefined when there is no such mail, or it is too old. */
export function followDashboardLink(world: World, secret: string): string | undefined {
  const mail = world.records.mails.find(
    ({ kind, linkPath, arrivesAt }) =>
      kind === 'dashboard' &&
      linkPath?.endsWith(`/${secret}`) === true &&
      world.now() < arrivesAt + world.dialect.preAuthMs,
  );
  if (mail === undefined) return undefined;
  return issuePersonToken(world, 'preauth-dashboard', mail.to);
}
