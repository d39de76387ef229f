import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { History } from './history.js';
import type { Variant } from './settings.js';

const scriptOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export interface ServiceOptions {
  readonly role: 'poller' | 'subgraph' | 'gateway';
  /** The subgraph it is for. */
  readonly provider: string;
  readonly variant: Variant;
  /** Which mutant of the product it is, if any. */
  readonly mutant?: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly history: History;
}

/** A poller, subgraph service or gateway that is killed, frozen and started again. */
export class ServiceProcess {
  readonly #options: ServiceOptions;
  #child: ChildProcess | undefined;
  #ready: Promise<string>;
  #endFreeze: (() => void) | undefined;
  /** Why it ended although nobody killed it, each time. */
  readonly crashes: string[] = [];

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.#ready = this.#start();
    this.#ready.catch(() => undefined);
  }

  get role(): ServiceOptions['role'] {
    return this.#options.role;
  }

  /** Where it serves; resolves when it does. Rejects when it ended before. */
  get ready(): Promise<string> {
    return this.#ready;
  }

  /** kill -9, and a new one at once. */
  kill(): void {
    const old = this.#child;
    this.#options.history.note('kill', { role: this.role, pid: old?.pid });
    this.#child = undefined;
    this.#ready = this.#end(old).then(() => this.#start());
    this.#ready.catch(() => undefined);
  }

  freeze(): void {
    const facts = { role: this.role, pid: this.#child?.pid };
    if (this.role === 'poller') this.#endFreeze = this.#options.history.disturb('freeze', facts);
    else {
      this.#options.history.note('freeze', facts);
      this.#endFreeze = () => this.#options.history.note('freeze is over', facts);
    }
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
    this.#endFreeze?.();
    this.#endFreeze = undefined;
  }

  /** Ends it now, for good, without waiting for its end. */
  abandon(): void {
    this.#child?.kill('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#ready.catch(() => undefined);
    const child = this.#child;
    this.#child = undefined;
    await this.#end(child);
  }

  async #end(child: ChildProcess | undefined): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async #start(): Promise<string> {
    const { role, provider, variant, mutant, environment, history } = this.#options;
    const script =
      mutant === undefined
        ? [scriptOf('./service.js'), role, provider, variant]
        : [scriptOf('./mutant-service.js'), role, provider, variant, mutant];
    const child = spawn(process.execPath, [...process.execArgv, ...script], {
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child = child;
    let errors = '';
    child.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => (errors = `${errors}${text}`.slice(-4_000)));
    return new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const [word, rest = ''] = line.split(' ');
        if (word === 'ready') resolve(rest);
        // By itself or by SIGSTOP: either way its locks may have run out.
        else if (word === 'late') history.disturb('late', { role, ms: rest }, Date.now() - Number(rest))();
        else history.note('log', { role, pid: child.pid, line });
      });
      child.once('exit', (code, signal) => {
        if (this.#child === child) this.crashes.push(`${role} ended with ${code ?? signal}: ${errors}`);
        history.note('ended', { role, pid: child.pid, code, signal, errors });
        reject(new Error(`The ${role} has ended: ${errors}`));
      });
    });
  }
}
