import { happenings } from './happenings.js';

/** Ids by the name of what holds them; several of one name in a list. */
export type Targets = Readonly<Record<string, string | readonly string[]>>;

/** Who did, or was refused, what: never content, and never what was typed besides ids. */
export interface AuditRecord {
  readonly requestId: string;
  /** Null, as the subject: nobody knows who it was. */
  readonly tenant: string | null;
  readonly subject: string | null;
  /** The field of the graph, such as `Mutation.cancelTwoFactorMessage`; null when nothing of the graph was read. */
  readonly field: string | null;
  /** What it was about: the ids that were given, and those of what was made. */
  readonly targets: Targets;
  /** `OK`, the code of the problem, or that of the error. */
  readonly code: string;
}

/** Keeps a record for good. Must not fail: what it tells of has happened. */
export type Audit = (record: AuditRecord) => void;

/** Keeps a record where there is an audit log, and counts it wherever there is none. */
export function leaveRecord(audit: Audit | undefined, record: AuditRecord): void {
  happenings.command.tell({ field: record.field ?? 'none', code: record.code });
  audit?.(record);
}
