import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addCertificate, base64, issuePair } from './certificates.js';
import { ensureSubscriber } from './subscribers.js';
import { ensureContact } from './teams.js';
import type { World } from './world.js';

/** The demo team, and what its devices sign in with. */
export const DEMO_TEAM = { id: 1234, name: 'Example', domain: 'example.com', locatorKey: 'sim-locator-key' };

const CERTIFICATE = { id: 7, tag: 'line-3', transportKey: 'c2ltLXRyYW5zcG9ydC1rZXk=' };
const GROUP = { id: 55, name: 'Everyone' };

/** The demo members; passwords are those of the dashboard. */
const MEMBERS = [
  { user: 'ana@example.com', firstName: 'Ana', lastName: 'Ruiz', password: 'ana-demo-password', role: 1 },
  { user: 'bo@example.com', firstName: 'Bo', lastName: 'Lund', password: 'bo-demo-password', role: 2 },
];

/** Files of the demo certificate, in the text forms the dashboard hands out. */
export interface CertificateFiles extends Readonly<Record<string, string>> {
  readonly clientCert: string;
  readonly clientKey: string;
  readonly transportKey: string;
}

/** Puts the demo team into an empty world. */
export function seed(world: World, files: CertificateFiles): void {
  const { id: teamId } = DEMO_TEAM;
  world.records.teams.push({ ...DEMO_TEAM });
  for (const { user, firstName, lastName, password, role } of MEMBERS) {
    const registered = { identity: 'person', registered: true, validated: true } as const;
    ensureSubscriber(world, { user, firstName, lastName, password, ...registered });
    ensureContact(world, {
      teamId,
      email: user,
      firstName,
      lastName,
      phone: '',
      title: '',
      role,
      notifications: 0,
      status: 'Validated',
      lastLoginAt: 0,
    });
  }
  world.records.groups.push({ ...GROUP, teamId, members: MEMBERS.map(({ user }) => user) });
  const certificate = Buffer.from(readFileSync(files.clientCert, 'utf8'), 'base64').toString('utf8');
  addCertificate(world, { ...CERTIFICATE, teamId, fence: [], enabled: true, certificate });
}

/** Where the demo certificate's files are. */
export function certificateFiles(dir: string): CertificateFiles {
  const folder = join(dir, 'certificates');
  return {
    clientCert: join(folder, 'client.crt'),
    clientKey: join(folder, 'client.key'),
    transportKey: join(folder, 'transport.key'),
  };
}

/** Writes them unless they are there; the key pair is found at the very first start. */
export async function ensureCertificateFiles(world: World, files: CertificateFiles): Promise<void> {
  if (existsSync(files.transportKey)) return;
  mkdirSync(dirname(files.transportKey), { recursive: true, mode: 0o700 });
  const { certificate, key } = await issuePair(world, CERTIFICATE.tag);
  const texts = {
    clientCert: base64(certificate),
    clientKey: base64(key),
    transportKey: CERTIFICATE.transportKey,
  };
  for (const name of ['clientCert', 'clientKey', 'transportKey'] as const)
    writeFileSync(files[name], texts[name], { mode: 0o600 });
}
