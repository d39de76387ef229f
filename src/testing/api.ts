/** The providers that have a simulator. */
export type SimulatorName = 'guardcrypto' | 'messaging2fa' | 'safebox' | 'vipidentity' | 'xqkeys';

/** Something that goes wrong with the next calls. Without `status` and `hangUp` the answer is right, only late. */
export interface Fault {
  /** The operation it waits for, by its name in docs/simulators; default any. */
  readonly operation?: string;
  /** HTTP status to answer instead. */
  readonly status?: number;
  /** Body that goes with `status`. */
  readonly body?: string;
  readonly contentType?: string;
  /** The connection ends without an answer. */
  readonly hangUp?: boolean;
  /** Whether the call has its effect although its answer is replaced: a lost answer. Default false. */
  readonly effect?: boolean;
  /** Milliseconds by which the answer is late. */
  readonly delayMs?: number;
  /** For how many calls. Default 1. */
  readonly count?: number;
}

/** A time that a test decides on. */
export interface TestClock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface SimulatorOptions {
  /** The same seed makes the same ids. Default: other ids each time. */
  readonly seed?: string | number;
  /** Default: the system's. What depends on time follows at the next call. */
  readonly clock?: TestClock;
  /** What goes wrong with the first calls. */
  readonly faults?: readonly Fault[];
  /** What shall be there: verbs of the control interface with their input, in their order. */
  readonly plant?: readonly Readonly<Record<string, unknown>>[];
  /** Milliseconds between two steps of what people do by themselves; 0: nothing happens unless told. Default 1000. */
  readonly stepMs?: number;
  /** TCP port. Default a free one. */
  readonly port?: number;
  /** Where certificates and state are kept, for a second start. Default: a folder that goes with the simulator. */
  readonly dir?: string;
}

/** What a simulator can be told and asked; docs/simulators has a page for each. */
export interface SimulatorControl {
  /** Has it do something. @throws Error naming what is wrong with the verb or its input */
  tell(verb: string, input?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Shows something. @throws Error when there is no such noun */
  show(noun: string): Promise<unknown>;
}

/** A running stand-in for a provider. */
export interface RunningSimulator {
  readonly name: SimulatorName;
  /** Base URL, as a client of the provider wants it. */
  readonly url: string;
  /** Paths of files a client needs, by what they are: certificates and keys, made for this run. */
  readonly certificates: Readonly<Record<string, string>>;
  /** Environment variables that point a Sealgraph here. */
  readonly settings: Readonly<Record<string, string>>;
  readonly control: SimulatorControl;
  /** Ends every connection and releases the port. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts the simulator of a provider in this process, on loopback. */
export type StartSimulator = (name: SimulatorName, options?: SimulatorOptions) => Promise<RunningSimulator>;
