import { z } from 'zod';
import type { CallCounters } from '../kit/call-counters.js';
import { ControlError, verb, type ControlInterface } from '../kit/control.js';
import { faultSchema, type Fault, type FaultInjector } from '../kit/faults.js';
import type { Addresses } from './routes/call.js';
import type { Box, BoxStatus } from './state/box.js';
import { dialectSchema } from './state/dialect.js';
import { ACME, ADA } from './state/directory.js';
import type { Usage } from './state/documents.js';
import { enterpriseSettingsSchema } from './state/enterprise-settings.js';
import { GUEST_ACTS, performAct } from './state/guest-acts.js';
import { findGuestByEmail } from './state/guests.js';
import { settle } from './state/lifecycle.js';
import { seed, seedBox } from './state/seeds.js';
import type { Service } from './state/service.js';
import { revokeTokens } from './state/tokens.js';

const advanceClockSchema = z.strictObject({ ms: z.int().min(0) });
const guestSchema = z.strictObject({
  guid: z.string(),
  email: z.string(),
  act: z.enum(GUEST_ACTS),
  /** Text of a reply. */
  note: z.string().optional(),
});
const boxSchema = z.strictObject({ guid: z.string() });
const createBoxesSchema = z.strictObject({
  count: z.int().min(1).max(10_000),
  subject: z.string().default('Numbered'),
  email: z.string().default('guest@ext.example'),
});
const settingsSchema = enterpriseSettingsSchema.partial();
const dialectChangeSchema = z.strictObject({
  pageUrls: dialectSchema.shape.pageUrls.unwrap().optional(),
  trailingSlash: z.boolean().optional(),
  badCredentialsStatus: dialectSchema.shape.badCredentialsStatus.unwrap().optional(),
  recipientsPath: z.boolean().optional(),
  uploadUrlOnNew: z.boolean().optional(),
  idsAsText: z.boolean().optional(),
});
const revokeSchema = z.strictObject({
  /** Absent for the enterprise access token. */
  username: z.string().optional(),
});
const cutSchema = z.strictObject({ afterBytes: z.int().min(0) });

const LISTED_BOXES = 200;

/** A SafeBox from the provider's side, without its content. */
export interface BoxView {
  readonly guid: string;
  readonly subject: string | null;
  readonly status: BoxStatus;
  readonly ownerId: number;
  readonly followed: boolean;
  readonly archived: boolean;
  readonly guests: readonly string[];
}

/** Moves the simulated provider from outside. */
export interface SafeboxControl {
  /** Moves its time ahead of the real one; it stays ahead over restarts. */
  advanceClock(input: z.infer<typeof advanceClockSchema>): void;
  /** ISO 8601, the provider's time. */
  time(): string;
  /** Lets a guest of an open SafeBox do something now. */
  guest(input: z.infer<typeof guestSchema>): void;
  /** Somebody enters the participants' key, so that the content can be read. */
  supplyKey(input: z.infer<typeof boxSchema>): void;
  /** Opens SafeBoxes of the first demo user, a millisecond apart, numbered from 1; their guids in that order. */
  createBoxes(input: z.input<typeof createBoxesSchema>): string[];
  /** Changes settings of the demo account; names and values are those of the wire. */
  changeSettings(input: z.infer<typeof settingsSchema>): void;
  /** Changes what published clients disagree on. */
  changeDialect(input: z.infer<typeof dialectChangeSchema>): void;
  /** Ends all tokens of a user, or the enterprise access token; how many. A new sign-in gets a new one. */
  revokeTokens(input: z.infer<typeof revokeSchema>): number;
  /** Lets the next download break off. */
  cutNextDownload(input: z.infer<typeof cutSchema>): void;
  /** Back to the seeds; the time and the tokens stay. */
  reset(): void;
  /** The newest 200, newest first. */
  boxes(): BoxView[];
  /** What the file server holds. */
  storage(): Usage;
  /** Where the hosts are. */
  addresses(): Readonly<Addresses>;
  /** Lets the next calls go wrong; operations are those counted by `calls`. */
  injectFault(fault: Fault): void;
  clearFaults(): void;
  /** How often each operation was called. `tokenSentToFileServer` counts requests that brought a token there. */
  calls(): Readonly<Record<string, number>>;
  resetCalls(): void;
}

/** The parts of a running simulator that can be moved. */
export interface ControlledParts {
  readonly service: Service;
  readonly addresses: Addresses;
  readonly faults: FaultInjector;
  readonly counters: CallCounters;
}

export function createControl({ service, addresses, faults, counters }: ControlledParts): SafeboxControl {
  return {
    advanceClock: ({ ms }) => service.advance(ms),
    time: () => new Date(service.clock.now()).toISOString(),
    guest({ guid, email, act, note }) {
      const box = openBox(service, guid);
      const guest = findGuestByEmail(box, email);
      if (guest === undefined) throw new ControlError('this SafeBox has no such guest');
      if (!performAct(service, box, guest, act, service.clock.now(), note))
        throw new ControlError('the guest is locked out, or replies are off');
    },
    supplyKey({ guid }) {
      const box = openBox(service, guid);
      box.keySupplied = true;
      box.updatedAt = service.clock.now();
      service.changed();
    },
    createBoxes: (input) => createBoxes(service, createBoxesSchema.parse(input)),
    changeSettings(change) {
      const settings = service.world.settings[ACME.permalink];
      service.world.settings[ACME.permalink] = enterpriseSettingsSchema.parse({ ...settings, ...change });
      service.changed();
    },
    changeDialect(change) {
      service.dialect = dialectSchema.parse({ ...service.dialect, ...change });
    },
    revokeTokens: ({ username }) => revokeTokens(service, username ?? null),
    cutNextDownload: ({ afterBytes }) => service.cutNextDownload(afterBytes),
    reset() {
      service.clear();
      seed(service);
    },
    boxes: () =>
      [...service.world.boxes.values()]
        .slice(-LISTED_BOXES)
        .reverse()
        .map((box) => view(service, box)),
    storage: () => service.documents.usage(),
    addresses: () => ({ ...addresses }),
    injectFault: (fault) => faults.inject(fault),
    clearFaults: () => faults.clear(),
    calls: () => counters.snapshot(),
    resetCalls: () => counters.reset(),
  };
}

/** The same functions, for the loopback control port. */
export function controlInterface(control: SafeboxControl): ControlInterface {
  const nothing = z.strictObject({});
  return {
    verbs: {
      advanceClock: verb(advanceClockSchema, control.advanceClock),
      guest: verb(guestSchema, control.guest),
      supplyKey: verb(boxSchema, control.supplyKey),
      createBoxes: verb(createBoxesSchema, control.createBoxes),
      changeSettings: verb(settingsSchema, control.changeSettings),
      changeDialect: verb(dialectChangeSchema, control.changeDialect),
      revokeTokens: verb(revokeSchema, control.revokeTokens),
      cutNextDownload: verb(cutSchema, control.cutNextDownload),
      reset: verb(nothing, control.reset),
      injectFault: verb(faultSchema, control.injectFault),
      clearFaults: verb(nothing, control.clearFaults),
      resetCalls: verb(nothing, control.resetCalls),
    },
    nouns: {
      time: control.time,
      boxes: control.boxes,
      storage: control.storage,
      addresses: control.addresses,
      calls: control.calls,
    },
  };
}

function openBox(service: Service, guid: string): Box {
  const box = service.world.boxes.get(guid);
  if (box === undefined) throw new ControlError('there is no such SafeBox');
  settle(service, box);
  if (box.status !== 'in_progress') throw new ControlError('the SafeBox is not open');
  return box;
}

function createBoxes(
  service: Service,
  { count, subject, email }: z.output<typeof createBoxesSchema>,
): string[] {
  const first = service.clock.now() - count + 1;
  return Array.from({ length: count }, (_, index) => {
    const box = seedBox(service, ADA, service.hexId(), {
      at: first + index,
      subject: `${subject} ${index + 1}`,
      note: 'Text.',
      guests: [{ email, contactMethods: [] }],
    });
    return box.guid;
  });
}

function view(service: Service, box: Box): BoxView {
  settle(service, box);
  const { guid, subject, status, ownerId, followed, archived } = box;
  return { guid, subject, status, ownerId, followed, archived, guests: box.guests.map(({ email }) => email) };
}
