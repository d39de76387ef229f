import { z } from 'zod';
import { ASSUMED } from '../assumptions.js';
import { checkedTeam } from '../state/authorizations.js';
import { createCertificate } from '../state/certificates.js';
import type { Application, Group, Team } from '../state/records.js';
import { ensureContact, findTeam, isMember, teamsOf } from '../state/teams.js';
import { issuePersonToken } from '../state/tokens.js';
import { nothing, ok, text } from '../wire/answers.js';
import { forbidden, notFound } from '../wire/refusal.js';
import { optionalText, readJson, textList } from '../wire/request-body.js';
import { administering, idParam, param, type AuthorizedCall } from './call.js';

const certificateSchema = z.object({
  tag: z.string().min(1),
  fence: textList.or(z.undefined()),
  enabled: z.boolean().nullish(),
});
const teamSchema = z.object({ name: z.string().min(1), domain: optionalText });
const groupSchema = z.object({ name: z.string().min(1), members: textList });
const groupChangeSchema = z.object({ name: z.string().min(1).nullish(), members: textList.nullish() });
const applicationSchema = z.object({ name: z.string().min(1) });

/** Contact role of who manages everything. */
const SUPER_USER = 5;

/** The team a dashboard token is bound to. @throws Refusal when it is bound to none */
export function ownTeam({ world, token }: AuthorizedCall): Team {
  const team = findTeam(world, token.teamId);
  if (team === undefined) throw forbidden('The user has no team');
  return team;
}

const shownTeam = ({ id, name, domain }: Team) => ({
  id,
  name,
  domain,
  isPersonal: false,
  canAccessBusiness: true,
});
const shownGroup = ({ id, name, members }: Group) => ({ id, name, members });
const shownApplication = ({ id, name }: Application) => ({ id, name });

type Owned = 'groups' | 'applications';

const ownGroups = (call: AuthorizedCall): Group[] => ofTeam(call, call.world.records.groups);
const ownApplications = (call: AuthorizedCall): Application[] =>
  ofTeam(call, call.world.records.applications);

function ofTeam<Item extends { teamId: number }>(call: AuthorizedCall, items: readonly Item[]): Item[] {
  const team = ownTeam(call);
  return items.filter(({ teamId }) => teamId === team.id);
}

/** The item of the path. @throws Refusal when the team has none of this id */
function named<Item extends { id: number }>(
  call: AuthorizedCall,
  items: readonly Item[],
  what: string,
): Item {
  const found = items.find(({ id }) => id === idParam(call));
  if (found === undefined) throw notFound(`The ${what} is not known`);
  return found;
}

function created({ world }: AuthorizedCall, { id }: { readonly id: number }) {
  world.changed();
  return ok({ id });
}

/** Lays over it what is given; answers that it is done. */
function changed<Item extends object>({ world }: AuthorizedCall, item: Item, change: Nullish<Item>) {
  for (const [name, value] of Object.entries(change))
    if (value !== null && value !== undefined) Object.assign(item, { [name]: value });
  world.changed();
  return nothing();
}

type Nullish<Item> = { readonly [Name in keyof Item]?: Item[Name] | null | undefined };

function removed({ world }: AuthorizedCall, from: Owned, gone: object) {
  const { records } = world;
  Object.assign(records, { [from]: records[from].filter((other) => other !== gone) });
  world.changed();
  return nothing();
}

async function createTeam(call: AuthorizedCall) {
  const { world, request, token } = call;
  const { name, domain } = await readJson(request, teamSchema);
  const team = { id: world.nextId(), name, domain, locatorKey: world.secretText() };
  world.records.teams.push(team);
  ensureContact(world, {
    teamId: team.id,
    email: token.subjects[0] ?? '',
    firstName: '',
    lastName: '',
    phone: '',
    title: '',
    role: SUPER_USER,
    notifications: 0,
    status: 'Validated',
    lastLoginAt: world.now(),
  });
  return created(call, team);
}

/** Certificates, teams, groups and applications. */
export const TEAM_OPERATIONS = administering({
  createCertificate: [
    'POST /certificate',
    async (call) => {
      const { tag, fence = [], enabled } = await readJson(call.request, certificateSchema);
      const order = { teamId: ownTeam(call).id, tag, fence, enabled: enabled ?? true };
      return ok({ ...(await createCertificate(call.world, order)) });
    },
  ],
  getTrustedRanges: ['GET /trusted', () => ok({ ranges: ASSUMED.trustedRanges })],

  getBusinesses: [
    'GET /businesses',
    ({ world, token }) => ok({ businesses: teamsOf(world, token).map(shownTeam) }),
  ],
  getBusiness: ['GET /business', (call) => ok(shownTeam(ownTeam(call)))],
  createBusiness: ['POST /business', createTeam],
  updateBusiness: [
    'PATCH /business',
    async (call) => {
      const { name, domain } = await readJson(call.request, teamSchema.partial());
      return changed(call, ownTeam(call), { name, domain: domain === '' ? undefined : domain });
    },
  ],
  authorizeBusiness: [
    'GET /business/:id/auth',
    (call) => {
      const [user = ''] = call.token.subjects;
      const teamId = checkedTeam(call.world, user, idParam(call));
      return text(issuePersonToken(call.world, 'dashboard', user, teamId));
    },
  ],
  getWorkspaces: [
    'GET /workspaces/:email',
    (call) => {
      const { teams } = call.world.records;
      const theirs = teams.filter(({ id }) => isMember(call.world, id, param(call, 'email')));
      return ok({ workspaces: theirs.map(shownTeam) });
    },
  ],

  getGroups: ['GET /usergroup', (call) => ok({ groups: ownGroups(call).map(shownGroup) })],
  getGroup: ['GET /usergroup/:id', (call) => ok(shownGroup(named(call, ownGroups(call), 'group')))],
  createGroup: [
    'POST /usergroup',
    async (call) => {
      const wanted = await readJson(call.request, groupSchema);
      const group = { id: call.world.nextId(), teamId: ownTeam(call).id, ...wanted };
      call.world.records.groups.push(group);
      return created(call, group);
    },
  ],
  updateGroup: [
    'PATCH /usergroup/:id',
    async (call) => {
      const change = await readJson(call.request, groupChangeSchema);
      return changed(call, named(call, ownGroups(call), 'group'), change);
    },
  ],
  deleteGroup: [
    'DELETE /usergroup/:id',
    (call) => removed(call, 'groups', named(call, ownGroups(call), 'group')),
  ],

  getApplications: [
    'GET /devapps',
    (call) => {
      const applications = ownApplications(call).map(shownApplication);
      // Published clients disagree on the name of the list.
      return ok({ devapps: applications, apps: applications });
    },
  ],
  createApplication: [
    'POST /devapp',
    async (call) => {
      const wanted = await readJson(call.request, applicationSchema);
      const application = { id: call.world.nextId(), teamId: ownTeam(call).id, ...wanted };
      call.world.records.applications.push(application);
      return created(call, application);
    },
  ],
  updateApplication: [
    'PATCH /devapp/:id',
    async (call) => {
      const change = await readJson(call.request, applicationSchema);
      return changed(call, named(call, ownApplications(call), 'application'), change);
    },
  ],
  deleteApplication: [
    'DELETE /devapp/:id',
    (call) => removed(call, 'applications', named(call, ownApplications(call), 'application')),
  ],
});
