import { providers } from '../providers/index.js';
import { describedEnum } from './described-enum.js';

/** The providers, by the name of their subgraph in capitals. */
export const Provider = describedEnum(
  'Provider',
  'A secure-messaging provider behind this graph.',
  Object.fromEntries(providers.map(({ name, description }) => [name.toUpperCase(), description])),
);

export type Provider = string;
