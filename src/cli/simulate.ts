import { loadConfig, processEnvironment } from '../config/index.js';
import { describeSimulator, simulators } from '../simulators/index.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { readRunningSimulators } from './running-simulators.js';

/** Lets a simulator of the running sandbox do something, or shows what is in it. */
export const simulate: Command = {
  maxWords: 3,
  async run({ words: [name = '', word, input] }) {
    const description = describeSimulator(name);
    if (!description) throw new UsageError(`Name one simulator: ${[...simulators.keys()].join(', ')}.`);
    const verb = description.verbs.some((one) => one.name === word);
    const noun = description.nouns.some((one) => one.name === word);
    if (word === undefined || (!verb && !noun)) {
      const words = [...description.verbs, ...description.nouns].map((one) => one.name);
      throw new UsageError(`Name what ${name} shall do or show: ${words.join(', ')}.`);
    }
    const { server } = loadConfig(processEnvironment(), []);
    const controlUrl = readRunningSimulators(server.dataDir)[name];
    if (controlUrl === undefined) throw new UsageError(`No sandbox runs on the data in ${server.dataDir}.`);
    const answer = await ask(`${controlUrl}/${word}`, verb ? (input ?? '{}') : undefined);
    process.stdout.write(`${answer.text}\n`);
    return answer.ok ? 0 : 1;
  },
};

async function ask(url: string, body: string | undefined): Promise<{ ok: boolean; text: string }> {
  try {
    const response = await fetch(url, body === undefined ? {} : { method: 'POST', body });
    return { ok: response.ok, text: JSON.stringify(await response.json(), null, 2) };
  } catch {
    throw new UsageError('The sandbox whose simulators these were does not run any more.');
  }
}
