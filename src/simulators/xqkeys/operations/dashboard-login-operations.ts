import { z } from 'zod';
import { checkedTeam } from '../state/authorizations.js';
import { mailDashboardLink } from '../state/dashboard-links.js';
import { announceDevice } from '../state/devices.js';
import { ensureSubscriber, findSubscriber } from '../state/subscribers.js';
import { issuePersonToken, revokeToken } from '../state/tokens.js';
import type { World } from '../state/world.js';
import { nothing, text } from '../wire/answers.js';
import { malformed, Refusal, unauthorized } from '../wire/refusal.js';
import { optionalText, readJson } from '../wire/request-body.js';
import { administering, bearing, type AuthorizedCall, type Call, type Operations } from './call.js';

const email = z
  .string()
  .trim()
  .regex(/^[^\s@]+@[^\s@]+$/);

const linkSchema = z.object({ email, host: optionalText });
const loginSchema = z.object({ email: optionalText, pwd: z.string(), method: z.literal([0, 1]).nullish() });
const signupSchema = z.object({ email, pwd: z.string().min(1), optIn: z.boolean().nullish() });
const announceSchema = z.object({ afirst: z.string().min(1), alast: optionalText, aphone: optionalText });

function dashboardToken(world: World, user: string, teamId: number | undefined): string {
  return issuePersonToken(world, 'dashboard', user, checkedTeam(world, user, teamId));
}

function verify({ world, query, token }: AuthorizedCall) {
  const wanted = query.get('request') === 'sub' ? 'access' : 'preauth-dashboard';
  if (token.kind !== wanted || token.identity !== 'person') throw unauthorized();
  const bid = query.get('bid') ?? '';
  if (!/^\d{0,15}$/.test(bid)) throw malformed('bid is not a number');
  const user = token.subjects[0] ?? '';
  const answer = dashboardToken(world, user, bid === '' ? token.teamId : Number(bid));
  if (token.kind === 'preauth-dashboard') revokeToken(world, token);
  return text(answer);
}

/** The one who is known by name and password. */
async function login({ world, request }: Call) {
  const { email: user, pwd } = await readJson(request, loginSchema);
  const byName = findSubscriber(world, user);
  // Without a name the password alone has to tell who it is.
  const found = user === '' ? onlyOneWith(world, pwd) : byName;
  if (found?.password === undefined || found.password !== pwd) throw unauthorized();
  return text(dashboardToken(world, found.user, undefined));
}

function onlyOneWith(world: World, password: string) {
  const [first, second] = [...world.subscribers.values()].filter((other) => other.password === password);
  return second === undefined ? first : undefined;
}

async function signUp({ world, request }: Call) {
  const { email: user, pwd, optIn } = await readJson(request, signupSchema);
  const known = findSubscriber(world, user);
  if (known?.validated === true || known?.password !== undefined)
    throw new Refusal(409, 'Already registered');
  const subscriber = ensureSubscriber(world, { user, identity: 'person', newsletter: optIn ?? false });
  subscriber.password = pwd;
  world.changed();
  return nothing();
}

async function announce({ world, request, token }: AuthorizedCall) {
  const { afirst, alast, aphone } = await readJson(request, announceSchema);
  announceDevice(world, token, { firstName: afirst, lastName: alast, phone: aphone });
  return nothing();
}

/** Who comes to the dashboard: persons, and devices that introduce themselves. */
export const DASHBOARD_LOGIN_OPERATIONS: Operations = {
  ...bearing(['access'], { announceDevice: ['POST /trusted/announce', announce] }),
  ...bearing(['access', 'preauth-dashboard'], { verifyDashboardLogin: ['GET /login/verify', verify] }),
  sendLoginLink: [
    'POST /login/link',
    async ({ world, request }) => {
      const { email: user } = await readJson(request, linkSchema);
      mailDashboardLink(world, user);
      return nothing();
    },
  ],
  dashboardLogin: ['POST /login', login],
  dashboardSignup: ['POST /signup', signUp],
  ...administering({ validateSession: ['GET /session', nothing] }),
};
