import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const UNFINISHED = '.part';

/** Size and SHA-256 (hexadecimal) of bytes on disk. */
export interface Measure {
  readonly size: number;
  readonly sha: string;
}

/** What the store holds just now. */
export interface Usage {
  readonly documents: number;
  /** Files whose upload is under way. */
  readonly unfinished: number;
  readonly bytes: number;
}

/** The bytes of every document: one file each, never in memory as a whole. */
export class DocumentStore {
  readonly #dir: string;
  readonly #receiving = new Set<Promise<unknown>>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  /**
   * Takes a stream in, to its end even when it is too long, so that the sender can be answered.
   * @param signal fires when the sender is gone.
   * @returns undefined when it is longer than `maxBytes`. Then, and when it breaks off, nothing of it stays.
   */
  receive(id: string, source: Readable, maxBytes: number, signal: AbortSignal): Promise<Measure | undefined> {
    const received = this.#receive(id, source, maxBytes, signal).finally(() => {
      this.#receiving.delete(received);
    });
    this.#receiving.add(received);
    return received;
  }

  /** Resolves when nothing is being received, broken uploads cleaned up. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#receiving);
  }

  /** Keeps a small document. */
  put(id: string, bytes: Buffer): Measure {
    writeFileSync(this.#path(id), bytes, { mode: 0o600 });
    return { size: bytes.length, sha: createHash('sha256').update(bytes).digest('hex') };
  }

  open(id: string): Readable {
    return createReadStream(this.#path(id));
  }

  remove(id: string): void {
    rmSync(this.#path(id), { force: true });
  }

  /** Makes the folder when it is missing, and removes what nobody refers to: what was left by an interruption. */
  sweep(kept: ReadonlySet<string>): void {
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(this.#dir)) if (!kept.has(name)) this.remove(name);
  }

  usage(): Usage {
    const names = readdirSync(this.#dir);
    const unfinished = names.filter((name) => name.endsWith(UNFINISHED)).length;
    const bytes = names.reduce(
      (sum, name) => sum + (statSync(this.#path(name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
    return { documents: names.length - unfinished, unfinished, bytes };
  }

  async #receive(
    id: string,
    source: Readable,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<Measure | undefined> {
    const path = this.#path(id);
    const unfinished = path + UNFINISHED;
    const hash = createHash('sha256');
    let size = 0;
    const measure = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        size += chunk.length;
        if (size > maxBytes) continue;
        hash.update(chunk);
        yield chunk;
      }
    };
    try {
      await pipeline(source, measure, createWriteStream(unfinished, { mode: 0o600 }), { signal });
      if (size > maxBytes) return undefined;
      await rename(unfinished, path);
      return { size, sha: hash.digest('hex') };
    } finally {
      rmSync(unfinished, { force: true });
    }
  }

  #path(id: string): string {
    return join(this.#dir, id);
  }
}
