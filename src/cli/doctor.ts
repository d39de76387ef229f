import { processEnvironment } from '../config/index.js';
import type { Command } from './command.js';
import { diagnose } from './doctor/diagnose.js';
import type { Finding, Level } from './doctor/finding.js';

const WORDS: Readonly<Record<Level, string>> = { ok: 'ok  ', warning: 'WARN', failure: 'FAIL' };

/** What it exits with; 2 is for a command line that cannot be understood. */
const EXIT_CODES: Readonly<Record<Level, number>> = { ok: 0, failure: 1, warning: 3 };

/** Checks the configuration and everything it leads to, a line per finding. */
export const doctor: Command = {
  options: { json: { type: 'boolean' } },
  maxWords: 0,
  async run({ options }) {
    const { findings, isSandbox, simulated } = await diagnose(processEnvironment());
    const level = worst(findings);
    if (options['json'] === true)
      process.stdout.write(`${JSON.stringify({ level, findings }, undefined, 2)}\n`);
    else {
      for (const { level: found, check, message, details = [] } of findings) {
        process.stdout.write(`${WORDS[found]}  ${check}${message === null ? '' : `: ${message}`}\n`);
        for (const line of details) process.stdout.write(`      ${line}\n`);
      }
      for (const name of simulated)
        process.stdout.write(`note  provider ${name} is simulated: its answers are made up\n`);
      if (isSandbox) process.stdout.write('note  no provider is configured: start runs in sandbox mode\n');
    }
    return EXIT_CODES[level];
  },
};

function worst(findings: readonly Finding[]): Level {
  const has = (level: Level): boolean => findings.some((finding) => finding.level === level);
  return has('failure') ? 'failure' : has('warning') ? 'warning' : 'ok';
}
