import { z } from 'zod';
import { ASSUMED } from '../assumptions.js';
import { checkedTeam } from '../state/authorizations.js';
import { createCertificate } from '../state/certificates.js';
import type { Application, Group, Team } from '../state/records.js';
import { ensureContact, findGroup, findTeam, isMember, teamsOf } from '../state/teams.js';
import { issuePersonToken } from '../state/tokens.js';
import { nothing, ok, text } from '../wire/answers.js';
import { forbidden, notFound } from '../wire/refusal.js';
import { optionalText, readJson, textList } from '../wire/request-body.js';
import { administering, idParam, param, route, type AuthorizedCall } from './call.js';

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

function shownTeam({ id, name, domain }: Team) {
  return { id, name, domain, isPersonal: false, canAccessBusiness: true };
}

function ownGroup(call: AuthorizedCall): Group {
  const group = findGroup(call.world, idParam(call));
  if (group === undefined || group.teamId !== ownTeam(call).id) throw notFound('The group is not known');
  return group;
}

function ownApplication(call: AuthorizedCall): Application {
  const team = ownTeam(call);
  const found = call.world.records.applications.find(
    ({ id, teamId }) => id === idParam(call) && teamId === team.id,
  );
  if (found === undefined) throw notFound('The application is not known');
  return found;
}

async function createDeviceCertificate(call: AuthorizedCall) {
  const { tag, fence, enabled } = await readJson(call.request, certificateSchema);
  const { id: teamId } = ownTeam(call);
  const order = { teamId, tag, fence: fence ?? [], enabled: enabled ?? true };
  return ok({ ...(await createCertificate(call.world, order)) });
}

async function createTeam({ world, request, token }: AuthorizedCall) {
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
  return ok({ id: team.id });
}

async function changeTeam(call: AuthorizedCall) {
  const change = await readJson(call.request, teamSchema.partial());
  const team = ownTeam(call);
  team.name = change.name ?? team.name;
  if (change.domain !== undefined && change.domain !== '') team.domain = change.domain;
  call.world.changed();
  return nothing();
}

async function createGroup(call: AuthorizedCall) {
  const { name, members } = await readJson(call.request, groupSchema);
  const group = { id: call.world.nextId(), teamId: ownTeam(call).id, name, members };
  call.world.records.groups.push(group);
  call.world.changed();
  return ok({ id: group.id });
}

async function changeGroup(call: AuthorizedCall) {
  const { name, members } = await readJson(call.request, groupChangeSchema);
  const group = ownGroup(call);
  group.name = name ?? group.name;
  group.members = members ?? group.members;
  call.world.changed();
  return nothing();
}

async function createApplication(call: AuthorizedCall) {
  const { name } = await readJson(call.request, applicationSchema);
  const application = { id: call.world.nextId(), teamId: ownTeam(call).id, name };
  call.world.records.applications.push(application);
  call.world.changed();
  return ok({ id: application.id });
}

async function renameApplication(call: AuthorizedCall) {
  const { name } = await readJson(call.request, applicationSchema);
  ownApplication(call).name = name;
  call.world.changed();
  return nothing();
}

/** Certificates, teams, groups and applications. */
export const TEAM_ROUTES = [
  route('POST', '/certificate', 'createCertificate', administering(createDeviceCertificate)),
  route(
    'GET',
    '/trusted',
    'getTrustedRanges',
    administering(() => ok({ ranges: ASSUMED.trustedRanges })),
  ),
  route(
    'GET',
    '/businesses',
    'getBusinesses',
    administering(({ world, token }) => ok({ businesses: teamsOf(world, token).map(shownTeam) })),
  ),
  route(
    'GET',
    '/business',
    'getBusiness',
    administering((call) => ok(shownTeam(ownTeam(call)))),
  ),
  route('PATCH', '/business', 'updateBusiness', administering(changeTeam)),
  route('POST', '/business', 'createBusiness', administering(createTeam)),
  route(
    'GET',
    '/business/:id/auth',
    'authorizeBusiness',
    administering((call) => {
      const [user = ''] = call.token.subjects;
      const teamId = checkedTeam(call.world, user, idParam(call));
      return text(issuePersonToken(call.world, 'dashboard', user, teamId));
    }),
  ),
  route(
    'GET',
    '/usergroup',
    'getGroups',
    administering((call) => {
      const team = ownTeam(call);
      const groups = call.world.records.groups.filter(({ teamId }) => teamId === team.id);
      return ok({ groups: groups.map(({ id, name, members }) => ({ id, name, members })) });
    }),
  ),
  route(
    'GET',
    '/usergroup/:id',
    'getGroup',
    administering((call) => {
      const { id, name, members } = ownGroup(call);
      return ok({ id, name, members });
    }),
  ),
  route('POST', '/usergroup', 'createGroup', administering(createGroup)),
  route('PATCH', '/usergroup/:id', 'updateGroup', administering(changeGroup)),
  route(
    'DELETE',
    '/usergroup/:id',
    'deleteGroup',
    administering((call) => {
      const gone = ownGroup(call);
      call.world.records.groups = call.world.records.groups.filter((group) => group !== gone);
      call.world.changed();
      return nothing();
    }),
  ),
  route(
    'GET',
    '/workspaces/:email',
    'getWorkspaces',
    administering((call) => {
      const { teams } = call.world.records;
      const theirs = teams.filter(({ id }) => isMember(call.world, id, param(call, 'email')));
      return ok({ workspaces: theirs.map(shownTeam) });
    }),
  ),
  route(
    'GET',
    '/devapps',
    'getApplications',
    administering((call) => {
      const team = ownTeam(call);
      const applications = call.world.records.applications.filter(({ teamId }) => teamId === team.id);
      return ok({ devapps: applications.map(({ id, name }) => ({ id, name })) });
    }),
  ),
  route('POST', '/devapp', 'createApplication', administering(createApplication)),
  route('PATCH', '/devapp/:id', 'updateApplication', administering(renameApplication)),
  route(
    'DELETE',
    '/devapp/:id',
    'deleteApplication',
    administering((call) => {
      const gone = ownApplication(call);
      call.world.records.applications = call.world.records.applications.filter((other) => other !== gone);
      call.world.changed();
      return nothing();
    }),
  ),
];
