/** What a check has come to. A warning: it works now, and somebody should act all the same. */
export type Level = 'ok' | 'warning' | 'failure';

/** One line of what the doctor says. */
export interface Finding {
  readonly level: Level;
  /** What was looked at. */
  readonly check: string;
  /** The setting to look at; null when it is none in particular. */
  readonly setting: string | null;
  /** One sentence; null when all is well. Holds no secret. */
  readonly message: string | null;
  /** What an operator wants to see besides, line by line. */
  readonly details?: readonly string[];
}

/** A finding that is not good, before it is known what was looked at. */
export type Complaint = Omit<Finding, 'check' | 'level' | 'details'> & {
  readonly level: Exclude<Level, 'ok'>;
};

type CheckResult = readonly string[] | void;

/** Something to look at. */
export interface Check {
  readonly what: string;
  /** Looks. Throws, or complains, when something is wrong; may answer details. */
  run(complain: (complaint: Complaint) => void): CheckResult | Promise<CheckResult>;
}
