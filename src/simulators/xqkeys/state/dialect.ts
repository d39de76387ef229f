import { z } from 'zod';
import { ASSUMED } from '../assumptions.js';

/** What sources leave open or tell in two ways, to be chosen by a test. */
export const dialectSchema = z.strictObject({
  /** `meta` of a communication as JSON text instead of an object. Default false. */
  metaAsText: z.boolean().default(false),
  /** Lifetimes of tokens issued from now on, in milliseconds. */
  preAuthMs: z.int().min(1000).default(ASSUMED.lifetimes.preAuthMs),
  accessMs: z.int().min(1000).default(ASSUMED.lifetimes.accessMs),
  dashboardMs: z.int().min(1000).default(ASSUMED.lifetimes.dashboardMs),
  /** PIN of every authorization from now on. */
  pin: z.string().min(1).default('123456'),
});

export type Dialect = z.output<typeof dialectSchema>;
