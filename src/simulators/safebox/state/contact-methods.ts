import { z } from 'zod';

export const DESTINATION_TYPES = ['home_phone', 'cell_phone', 'office_phone', 'other_phone'] as const;

/** A telephone number of a guest or of a favorite. */
export const contactMethodSchema = z.object({
  id: z.int(),
  destination: z.string(),
  destinationType: z.enum(DESTINATION_TYPES),
  /** Of guests alone: a security code sent there was used. */
  verified: z.boolean(),
  createdAt: z.number(),
  updatedAt: z.number(),
});

export type ContactMethod = z.infer<typeof contactMethodSchema>;

/** One entry of a request: without a known id it is new, with one it is changed or removed. */
export interface ContactMethodChange {
  readonly id?: number | undefined;
  readonly destination?: string | undefined;
  readonly destinationType?: ContactMethod['destinationType'] | undefined;
  readonly remove: boolean;
}

/** Gives numbers that nothing else has. */
export interface Numbering {
  nextId(): number;
}

/** Carries the entries out on the list; what they do not mention stays. */
export function changeContactMethods(
  numbering: Numbering,
  methods: ContactMethod[],
  changes: readonly ContactMethodChange[],
  at: number,
): ContactMethod[] {
  let changed = [...methods];
  for (const { id, destination, destinationType, remove } of changes) {
    const found = changed.find((method) => method.id === id);
    if (found !== undefined && remove) changed = changed.filter((method) => method !== found);
    else if (found !== undefined) {
      found.destination = destination ?? found.destination;
      found.destinationType = destinationType ?? found.destinationType;
      found.updatedAt = at;
    } else if (!remove && destination !== undefined && destinationType !== undefined) {
      changed.push({
        id: numbering.nextId(),
        destination,
        destinationType,
        verified: false,
        createdAt: at,
        updatedAt: at,
      });
    }
  }
  return changed;
}
