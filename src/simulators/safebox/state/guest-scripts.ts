import type { Box, Guest } from './box.js';
import type { GuestAct } from './guest-acts.js';

const SCRIPTS: ReadonlyMap<string, readonly GuestAct[]> = new Map<string, readonly GuestAct[]>([
  ['reads', ['read']],
  ['downloads', ['read', 'download']],
  ['replies', ['read', 'reply']],
  ['bounces', ['bounce']],
]);

/** An act and the moment it falls due. */
export interface DueAct {
  readonly guest: Guest;
  readonly act: GuestAct;
  readonly at: number;
}

/** The next act of a scripted guest; one per step, counted from the invitation. */
export function nextAct(box: Box, guest: Guest, stepMs: number): DueAct | undefined {
  if (stepMs <= 0 || guest.locked) return undefined;
  const act = scriptOf(box, guest)[guest.scriptPosition];
  if (act === undefined) return undefined;
  return { guest, act, at: guest.invitedAt + (guest.scriptPosition + 1) * stepMs };
}

/** The word that decides is what stands before `@`, up to the first `.` or `-`: `reads-2@ext.example` reads too. */
function scriptOf({ options }: Box, { email }: Guest): readonly GuestAct[] {
  const word = email.toLowerCase().split(/[@.-]/, 1)[0] ?? '';
  if (word !== 'badcode') return SCRIPTS.get(word) ?? [];
  return new Array<GuestAct>(options.allowed_login_attempts ?? 0).fill('failLogin');
}
