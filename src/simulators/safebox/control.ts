import { z } from 'zod';
import { ControlError, does, nothing, shows } from '../kit/control.js';
import type { Control } from '../kit/simulate.js';
import type { Addresses } from './operations/call.js';
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

/** The parts of a running simulator that can be moved. */
export interface ControlledParts {
  readonly service: Service;
  readonly addresses: Addresses;
}

/** How the simulated provider is moved from outside. */
export function controlOf(parts: ControlledParts) {
  return { verbs: verbsOf(parts), nouns: nounsOf(parts) };
}

/** Moves the simulated provider from outside. */
export type SafeboxControl = Control<ReturnType<typeof controlOf>>;

function verbsOf({ service }: ControlledParts) {
  return {
    guest: does(
      guestSchema,
      'Lets a guest of an open SafeBox do something now; `note` is the text of a reply.',
      ({ guid, email, act, note }) => {
        const box = openBox(service, guid);
        const guest = findGuestByEmail(box, email);
        if (guest === undefined) throw new ControlError('this SafeBox has no such guest');
        if (!performAct(service, box, guest, act, service.clock.now(), note))
          throw new ControlError('the guest is locked out, or replies are off');
      },
    ),
    supplyKey: does(
      boxSchema,
      "Somebody enters the participants' key, so that the content can be read.",
      ({ guid }) => {
        const box = openBox(service, guid);
        box.keySupplied = true;
        box.updatedAt = service.clock.now();
        service.changed();
      },
    ),
    createBoxes: does(
      createBoxesSchema,
      'Opens SafeBoxes of the first demo user, a millisecond apart, numbered from 1; answers with their guids in that order.',
      (input) => createBoxes(service, input),
    ),
    changeSettings: does(
      settingsSchema,
      'Changes settings of the demo account; names and values are those of the wire.',
      (change) => {
        const settings = service.world.settings[ACME.permalink];
        service.world.settings[ACME.permalink] = enterpriseSettingsSchema.parse({ ...settings, ...change });
        service.changed();
      },
    ),
    changeDialect: does(dialectChangeSchema, 'Changes what published clients disagree on.', (change) => {
      service.dialect = dialectSchema.parse({ ...service.dialect, ...change });
    }),
    revokeTokens: does(
      revokeSchema,
      'Ends all tokens of a user, or, without one, the enterprise access token; answers how many. A new sign-in gets a new one.',
      ({ username }) => revokeTokens(service, username ?? null),
    ),
    cutNextDownload: does(cutSchema, 'Lets the next download break off.', ({ afterBytes }) =>
      service.cutNextDownload(afterBytes),
    ),
    reset: does(nothing, 'Back to the seeds; the time and the tokens stay.', () => {
      service.clear();
      seed(service);
    }),
  };
}

function nounsOf({ service, addresses }: ControlledParts) {
  return {
    boxes: shows('The newest 200 SafeBoxes without their content, newest first.', () =>
      [...service.world.boxes.values()]
        .slice(-LISTED_BOXES)
        .reverse()
        .map((box) => view(service, box)),
    ),
    storage: shows('What the file server holds.', (): Usage => service.documents.usage()),
    addresses: shows('Where the hosts are.', (): Addresses => ({ ...addresses })),
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
