import { normal, type Contact, type Group, type Team, type TokenRecord } from './records.js';
import type { World } from './world.js';

export function findTeam(world: World, id: number | undefined): Team | undefined {
  return world.records.teams.find((team) => team.id === id);
}

/** Members who are not disabled. */
export function membersOf(world: World, teamId: number | undefined): Contact[] {
  return world.records.contacts.filter(
    (contact) => contact.teamId === teamId && contact.status !== 'Disabled',
  );
}

/** The first team this address belongs to. */
export function teamOf(world: World, user: string): Team | undefined {
  const membership = world.records.contacts.find(
    ({ email, status }) => status !== 'Disabled' && normal(email) === normal(user),
  );
  return findTeam(world, membership?.teamId);
}

export function isMember(world: World, teamId: number, user: string): boolean {
  return membersOf(world, teamId).some(({ email }) => normal(email) === normal(user));
}

/** The teams this token may act for. */
export function teamsOf(world: World, { subjects }: TokenRecord): Team[] {
  return world.records.teams.filter(({ id }) => subjects.some((subject) => isMember(world, id, subject)));
}

export function findGroup(world: World, id: number): Group | undefined {
  return world.records.groups.find((group) => group.id === id);
}

/** Adds a member, or wakes one who was disabled. */
export function ensureContact(world: World, wanted: Omit<Contact, 'id'>): Contact {
  const found = world.records.contacts.find(
    ({ teamId, email }) => teamId === wanted.teamId && normal(email) === normal(wanted.email),
  );
  if (found !== undefined) {
    Object.assign(found, wanted);
    world.changed();
    return found;
  }
  const contact = { id: world.nextId(), ...wanted };
  world.records.contacts.push(contact);
  world.changed();
  return contact;
}
