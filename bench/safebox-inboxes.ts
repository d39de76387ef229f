// What the lists of 2,000 sessions of 1,000 SafeBoxes leave on the heap; run with --expose-gc.
import { boxSummary } from '../src/providers/safebox/wire/box.js';
import { Inboxes } from '../src/providers/safebox/inbox.js';
import { systemClock } from '../src/clock.js';
import { report } from './support/report.js';

const SESSIONS = 2_000;
const BOXES = 1_000;

/** A fresh answer each time, as from the wire. */
function answer(session: number) {
  const date = () => new Date(1_780_000_000_000 + Math.floor(Math.random() * 1e9)).toISOString();
  return Array.from({ length: BOXES }, (_, index) =>
    boxSummary.parse({
      guid: `${session}x${index}`.padStart(32, '0'),
      user_id: session,
      subject: `Contract ${session} ${index}`,
      status: 'in_progress',
      securityProfileName: 'email-only',
      unreadCount: index,
      createdAt: date(),
      updatedAt: date(),
      assignedAt: date(),
      latestActivity: date(),
      expiration: date(),
    }),
  );
}

const heapMb = (): number => {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().heapUsed / 1024 / 1024);
};

let session = 0;
const list = async () => ({ count: BOXES, boxes: answer(session), nextPageUrl: null });
const inboxes = new Inboxes({
  client: { boxes: { list, nextPage: list }, pollIntervalMs: 15_000 },
  clock: systemClock,
});
const before = heapMb();
for (; session < SESSIONS; session++) {
  await inboxes.read({ kind: 'session', id: String(session), token: '', userId: null });
  if ((session + 1) % 500 === 0)
    report('safebox-inboxes', { sessions: session + 1, heapMiB: heapMb() - before, held: inboxes.held });
}
