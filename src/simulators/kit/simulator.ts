import type { Clock } from '../../clock.js';
import type { RandomSource } from './random.js';

export interface SimulatorOptions {
  /** TCP port; 0 takes a free one. */
  readonly port?: number;
  /** TCP port of the control interface; default a free one. */
  readonly controlPort?: number;
  /** Name to listen on and to be called by, for clients on other machines; the control interface stays on loopback. Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** Where it keeps what must survive a restart (certificates, seeds). Created when missing. */
  readonly dir: string;
  readonly clock?: Clock;
  /** Where ids come from; default the cryptographic source, seedable for tests. */
  readonly random?: RandomSource;
  /** Milliseconds between two steps of a scripted behaviour; 0 moves only through the control interface. Default 1000. */
  readonly stepMs?: number;
}

/** A running stand-in for a provider. */
export interface Simulator<Control = unknown> {
  readonly name: string;
  /** Base URL, as the provider's setting wants it. */
  readonly url: string;
  /** Environment variables that point a Sealgraph at this simulator. */
  readonly environment: Readonly<Record<string, string>>;
  /** Files it made that a client needs: label to path. */
  readonly files: Readonly<Record<string, string>>;
  /** Moves the simulated world from outside: for tests, and for people through the loopback control port. */
  readonly control: Control;
  /** Loopback URL of the control interface. */
  readonly controlUrl: string;
  /** Ends every connection and releases the ports; further calls wait for the same end. */
  stop(): Promise<void>;
}

/** What a simulator is, for people: known without starting it. */
export interface SimulatorDescription {
  readonly name: string;
  /** What it stands for, what is in it and what makes it move. */
  readonly about: string;
  /** What clients of the provider can ask for; `name` is what counters and faults use. */
  readonly operations: readonly { readonly name: string; readonly method: string; readonly path: string }[];
  /** `POST /<name>` of the control interface. `input` is the JSON Schema of the body. */
  readonly verbs: readonly { readonly name: string; readonly description: string; readonly input: object }[];
  /** `GET /<name>` of the control interface. */
  readonly nouns: readonly { readonly name: string; readonly description: string }[];
}

export interface SimulatorDefinition<Control = unknown> {
  readonly name: string;
  describe(): SimulatorDescription;
  start(options: SimulatorOptions): Promise<Simulator<Control>>;
}
