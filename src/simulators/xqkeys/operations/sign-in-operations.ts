import { z } from 'zod';
import { aliasAddress, isPersonAddress, triggerOf } from '../state/addresses.js';
import { confirmPin, checkedTeam, exchangeToken, startAuthorization } from '../state/authorizations.js';
import { signInByCertificate } from '../state/certificates.js';
import { signInTrusted } from '../state/devices.js';
import { ensureSubscriber, findSubscriber } from '../state/subscribers.js';
import { findTeam, teamOf } from '../state/teams.js';
import { issuePersonToken, issueToken } from '../state/tokens.js';
import { nothing, ok, text } from '../wire/answers.js';
import { ASSUMED } from '../assumptions.js';
import { forbidden, malformed, Refusal, unauthorized } from '../wire/refusal.js';
import { optionalText, readJson, readText } from '../wire/request-body.js';
import { bearing, idParam, type AuthorizedCall, type Call, type Operations } from './call.js';

/** The published fixture (dossier section 2.2). */
const API_KEY_SCOPES = [
  'authorize',
  'combine',
  'exchange',
  'packet',
  'edit:settings',
  'read:settings',
  'read:subscriber',
  'edit:subscriber',
  'read:image',
  'key',
  'read:apikey',
  'revoke',
  'devapp',
  'settings',
  'delegate',
  'subscriber',
];

const aliasSchema = z.object({
  user: z.string().trim().min(1),
  firstName: optionalText,
  lastName: optionalText,
});

const authorizeSchema = z.object({
  user: z.string().trim().refine(isPersonAddress),
  firstName: optionalText,
  lastName: optionalText,
  newsletter: z.boolean().nullish(),
  newsLetter: z.boolean().nullish(),
  notifications: z.int().min(0).max(3).nullish(),
  codetype: optionalText,
  text: optionalText,
  target: optionalText,
  quiet: z.boolean().nullish(),
});

const deviceSchema = z.object({
  device: z.string().min(1).max(48),
  ver: z.literal([2, 3]),
  roaming: z.boolean().nullish(),
});

async function authorize({ world, request }: Call) {
  const {
    newsletter,
    newsLetter,
    notifications,
    codetype,
    text: template,
    quiet,
    ...rest
  } = await readJson(request, authorizeSchema);
  const { token, pin } = startAuthorization(world, {
    ...rest,
    template,
    codeType: codetype,
    newsletter: newsletter ?? newsLetter ?? false,
    notifications: notifications ?? 0,
    quiet: quiet ?? false,
  });
  return quiet === true ? ok({ exchange: token, code: pin }) : text(token);
}

async function authorizeAlias({ world, request }: Call) {
  const { user, firstName, lastName } = await readJson(request, aliasSchema);
  if (triggerOf(user) === 'blocked') throw forbidden('This user is blocked');
  if (findSubscriber(world, user)?.registered === true)
    throw new Refusal(ASSUMED.statuses.aliasOfRegisteredUser, 'The user is registered');
  const address = aliasAddress(user);
  ensureSubscriber(world, { user: address, identity: 'alias', firstName, lastName, validated: true });
  return text(issueToken(world, { kind: 'access', subjects: [address], identity: 'alias' }).text);
}

async function authorizeTrusted(call: Call) {
  const { world, request, ip } = call;
  const { device, ver, roaming } = await readJson(request, deviceSchema);
  const team = findTeam(world, idParam(call, 'team'));
  if (team === undefined) throw unauthorized('The team is not known');
  return text(signInTrusted(world, team, { teamId: team.id, device, ip, roaming: roaming ?? false }, ver));
}

async function authorizeCertificate(call: Call) {
  return text(signInByCertificate(call.world, idParam(call), await readText(call.request), call.ip));
}

// Several published clients put an absent team on the wire by the name of nothing.
function teamAskedFor({ query }: Call): number | undefined {
  const asked = query.get('b') ?? '';
  if (asked === '' || asked === 'None' || asked === 'null') return undefined;
  if (!/^\d{1,15}$/.test(asked)) throw malformed('b is not a number');
  return Number(asked);
}

function exchange(call: AuthorizedCall) {
  const { world, token } = call;
  const wantsDashboard = call.query.get('request') === 'dashboard';
  if (!wantsDashboard) {
    if (token.kind !== 'preauth') throw unauthorized();
    return text(exchangeToken(world, token, teamAskedFor(call)));
  }
  if (token.kind === 'preauth' || token.identity !== 'person') throw unauthorized();
  const [user = ''] = token.subjects;
  const teamId = checkedTeam(world, user, teamAskedFor(call) ?? token.teamId ?? teamOf(world, user)?.id);
  const kind = token.kind === 'dashboard' ? 'access' : 'dashboard';
  return text(issuePersonToken(world, kind, user, teamId));
}

/** Who calls: API key, persons, aliases and devices (dossier section 1.5). */
export const SIGN_IN_OPERATIONS: Operations = {
  validateApiKey: ['GET /apikey', () => ok({ scopes: API_KEY_SCOPES })],
  time: ['GET /time', ({ world }) => text(String(Math.floor(world.now() / 1000)))],
  authorizeUser: ['POST /authorize', authorize],
  ...bearing(['preauth'], {
    validateCode: [
      'GET /codevalidation',
      ({ world, token, query }) => {
        confirmPin(world, token, query.get('pin') ?? '');
        return nothing();
      },
    ],
  }),
  ...bearing(['preauth', 'access', 'dashboard'], { exchangeKey: ['GET /exchange', exchange] }),
  authorizeAlias: ['POST /authorizealias', authorizeAlias],
  authorizeDevice: ['POST /authorize/trusted/:team', authorizeTrusted],
  authorizeDeviceCertificate: ['POST /authorize/certificate/:id', authorizeCertificate],
};
