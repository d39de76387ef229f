import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Data } from './ask.js';

const answersFile = z.record(z.string(), z.record(z.string(), z.unknown()));

/** What the examples of one folder answered once, by their name. */
export type Answers = Readonly<Record<string, Data>>;

/** `schema/answers/<folder>.json`, for the reference. */
export function readAnswers(folder: string, directory = 'schema/answers'): Answers {
  const path = join(directory, `${folder}.json`);
  return existsSync(path) ? answersFile.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
}

export function writeAnswers(folder: string, answers: Answers, directory = 'schema/answers'): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${folder}.json`), `${JSON.stringify(answers, null, 2)}\n`);
}

/**
 * As people are shown it: one of each list, and only the beginning of long texts, so that files and whole mails stay
 * readable, and keys and tokens, made up as they are, look like none.
 */
export function shortAnswer(data: Data): Data {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, shortened(value)]));
}

function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.length > LONGEST ? `${value.slice(0, BEGINNING)} ...` : value;
  if (Array.isArray(value)) return value.slice(0, 1).map(shortened);
  if (!isRecord(value)) return value;
  return shortAnswer(value);
}

/**
 * What was recorded, as far as the examples still answer so, and what they answer now in place of the rest.
 * @returns the names of those that differ, too
 */
export function renewed(recorded: Answers, live: Answers): { answers: Answers; outdated: readonly string[] } {
  const isCurrent = (name: string): boolean => isAlike(recorded[name], live[name]);
  const names = Object.keys(live);
  const gone = Object.keys(recorded).filter((name) => !(name in live));
  return {
    answers: Object.fromEntries(
      names.map((name) => [name, (isCurrent(name) ? recorded[name] : live[name]) ?? {}]),
    ),
    outdated: [...names.filter((name) => !isCurrent(name)), ...gone],
  };
}

const LONGEST = 60;
const BEGINNING = 24;

/** Whether two answers of one document have the same fields; where one has nothing, nothing is compared. */
function isAlike(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === 0 || other.length === 0 || isAlike(one[0], other[0]);
  if (!isRecord(one) || !isRecord(other))
    return isRecord(one) === isRecord(other) || one === null || other === null;
  // Elements of a list may be of several types, with fields of their own.
  if (one['__typename'] !== other['__typename']) return true;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => key in other && isAlike(one[key], other[key]))
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
