import { constants, existsSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { ConfigError, listenProblem } from '../../config/index.js';
import type { ConfigSurvey } from '../../config/index.js';
import { readSchemaVersion, SCHEMA_VERSION } from '../../store/embedded/schema-version.js';
import { checkDataFolder, isAllowed } from '../data-folder.js';
import type { Check } from './finding.js';

/** What this process needs of its machine: a port, a folder for its data, files it writes. */
export function placeChecks({ server, redis }: ConfigSurvey): readonly Check[] {
  if (!server) return [];
  const { host, port, dataDir, auditFile } = server;
  return [
    { what: `address ${host}:${port}`, run: () => tryToListen(host, port) },
    ...(redis ? [] : [{ what: `data folder ${dataDir}`, run: () => checkFolder(dataDir) }]),
    ...(auditFile === undefined ? [] : [{ what: 'audit log', run: () => checkAppendable(auditFile) }]),
  ];
}

/** @throws ConfigError */
async function tryToListen(host: string, port: number): Promise<void> {
  const server = createServer();
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw listenProblem(error, port);
  }
  server.close();
}

/** @throws ConfigError */
function checkFolder(folder: string): void {
  checkDataFolder(folder);
  const fail = (problem: string): never => {
    throw new ConfigError('SEALGRAPH_DATA_DIR', problem);
  };
  const file = join(folder, 'sealgraph.db');
  if (!existsSync(file)) return;
  if (!statSync(file).isFile()) fail('holds a folder, sealgraph.db, where a file is to be.');
  if (!isAllowed(file, constants.R_OK | constants.W_OK))
    fail('holds a file, sealgraph.db, that this user may not use.');
  const version = readSchemaVersion(file);
  if (version === undefined) fail('holds a file, sealgraph.db, that is none of ours or is damaged.');
  else if (version > SCHEMA_VERSION) fail('holds data of a newer version of this program.');
}

/** @throws ConfigError */
function checkAppendable(file: string): void {
  const path = resolve(file);
  const place = existsSync(path) ? path : dirname(path);
  const isFit = existsSync(place) && statSync(place).isDirectory() !== (place === path);
  if (!isFit || !isAllowed(place, constants.W_OK))
    throw new ConfigError('AUDIT_FILE', 'names a file that cannot be appended to.');
}
