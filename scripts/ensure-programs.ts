import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** A program the tests run beside themselves, and how to come by it. */
interface NeededProgram {
  readonly program: string;
  readonly product: string;
  readonly aptPackage: string;
  /** Undefined: Linux alone has it, and tests elsewhere do without. */
  readonly brewFormula?: string;
  /** What else does, if anything does. */
  readonly otherwise?: string;
}

const NEEDED: readonly NeededProgram[] = [
  {
    program: 'redis-server',
    product: 'Redis 6.2 or newer',
    aptPackage: 'redis-server',
    brewFormula: 'redis',
    otherwise: 'set REDIS_URL',
  },
  { program: 'gpg', product: 'GnuPG 2.2 or newer', aptPackage: 'gnupg', brewFormula: 'gnupg' },
  { program: 'openssl', product: 'OpenSSL 3', aptPackage: 'openssl', brewFormula: 'openssl@3' },
  { program: 'sq', product: 'Sequoia sq', aptPackage: 'sq', brewFormula: 'sequoia-sq' },
  { program: 'promtool', product: 'Prometheus', aptPackage: 'prometheus', brewFormula: 'prometheus' },
  { program: 'haproxy', product: 'HAProxy 2.6 or newer', aptPackage: 'haproxy', brewFormula: 'haproxy' },
  { program: 'systemd-analyze', product: 'systemd 252 or newer', aptPackage: 'systemd' },
  { program: 'chromium', product: 'Chromium', aptPackage: 'chromium', brewFormula: 'chromium' },
];

/** What decides whether and how the programs come to be at hand. */
export interface Surroundings {
  readonly redisUrl: string | undefined;
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  /** Whether a program can be started. */
  has(program: string): boolean;
  /** Runs a program to its end and says whether it succeeded. */
  runs(program: string, ...args: string[]): boolean;
}

/**
 * Makes sure that the programs tests need are there, and installs what is missing where that is allowed.
 * Undefined when all are there; otherwise a sentence that says what to install.
 */
export function ensurePrograms(surroundings: Surroundings): string | undefined {
  for (const needed of NEEDED) {
    const { program, product, aptPackage, brewFormula, otherwise } = needed;
    if (brewFormula === undefined && surroundings.platform !== 'linux') continue;
    if ((program === 'redis-server' && surroundings.redisUrl) || surroundings.has(program)) continue;
    const problem = obtain(needed, surroundings);
    if (problem === undefined) continue;
    const advice = {
      homebrew: `install it with \`brew install ${brewFormula ?? program}\``,
      unknownSystem: `install ${product}`,
      notRoot: `install it with \`sudo apt-get install ${aptPackage}\``,
      failed: `\`apt-get install ${aptPackage}\` failed: install it yourself`,
    }[problem];
    return `The tests need ${program}: ${advice}${otherwise === undefined ? '' : `, or ${otherwise}`}.`;
  }
  return undefined;
}

type ObtainProblem = 'homebrew' | 'unknownSystem' | 'notRoot' | 'failed';

function obtain(
  { program, aptPackage }: NeededProgram,
  { platform, isRoot, has, runs }: Surroundings,
): ObtainProblem | undefined {
  if (platform === 'darwin') return 'homebrew';
  if (!has('apt-get')) return 'unknownSystem';
  if (!isRoot) return 'notRoot';
  const isInstalled = runs('apt-get', 'update') && runs('apt-get', 'install', '-y', aptPackage);
  return isInstalled && has(program) ? undefined : 'failed';
}

/** The machine this runs on. */
export const thisMachine: Surroundings = {
  redisUrl: process.env['REDIS_URL'],
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  has: (program) =>
    (process.env['PATH'] ?? '')
      .split(':')
      .some((folder) => folder !== '' && existsSync(`${folder}/${program}`)),
  runs: (program, ...args) =>
    spawnSync(program, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      // RUNLEVEL=1: the package shall not start a server of its own.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    }).status === 0,
};
