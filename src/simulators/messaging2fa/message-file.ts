import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../kit/body.js';
import { messageSchema } from './message.js';
import { STATUSES } from './statuses.js';

const entrySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sent'), message: messageSchema }),
  z.object({ kind: z.literal('set'), messageId: z.string(), recipient: z.int(), status: z.enum(STATUSES) }),
  z.object({ kind: z.literal('advanced'), ms: z.number() }),
]);

/** What can happen in the simulated world. A recipient is given by its place in the list. */
export type Entry = z.infer<typeof entrySchema>;

/** The memory of the simulator: one line for each thing that happened, written before it is answered. */
export interface MessageFile {
  append(entry: Entry): void;
  close(): void;
}

/**
 * Opens the file, first handing everything in it to `replay`. Subjects and bodies are never in it.
 * A line cut off by a crash was never answered and is dropped.
 */
export function openMessageFile(dir: string, replay: (entry: Entry) => void): MessageFile {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, 'messages.jsonl');
  const descriptor = openSync(path, 'a+', 0o600);
  const content = readFileSync(descriptor);
  const end = content.lastIndexOf('\n') + 1;
  if (end < content.length) ftruncateSync(descriptor, end);
  for (const line of content.toString('utf8', 0, end).split('\n')) {
    if (line === '') continue;
    const entry = entrySchema.safeParse(parseJson(line));
    if (!entry.success) throw new Error(`${path} is not the simulator's; remove it to begin anew`);
    replay(entry.data);
  }
  return {
    append(entry) {
      writeSync(descriptor, `${JSON.stringify(entry)}\n`);
    },
    close() {
      closeSync(descriptor);
    },
  };
}
