import type { CallOptions } from '../kit/call-options.js';
import { requireAsked } from '../kit/parse.js';
import type { Api } from './api.js';
import { PROVIDER } from './errors.js';
import type { Communication, EventLogItem, EventType } from './wire/dashboard.js';

/** By what a list of communications is narrowed; times in milliseconds since the epoch. */
export interface CommunicationFilter {
  readonly from?: number | null;
  readonly to?: number | null;
  readonly limit: number;
  /** From 0. */
  readonly page: number;
  /** 0 available, 1 revoked, 2 expired. */
  readonly statuses?: readonly number[] | null;
  readonly search?: string | null;
}

export interface EventFilter {
  readonly from?: number | null;
  readonly to?: number | null;
  readonly limit: number;
  readonly page: number;
  /** Regular expression at the beginning of the action's name. */
  readonly action?: string | null;
}

/**
 * What the dashboard service tells; all with a dashboard token. In a page, what could not be understood is undefined and
 * keeps its place.
 */
export interface DashboardCalls {
  communications(
    token: string,
    filter: CommunicationFilter,
    options?: CallOptions,
  ): Promise<readonly (Communication | undefined)[]>;
  communication(token: string, locator: string, options?: CallOptions): Promise<Communication>;
  /** Adds to the labels that are there (add_labels_to_locator_token). */
  addLabels(token: string, locator: string, labels: readonly string[], options?: CallOptions): Promise<void>;
  events(
    token: string,
    filter: EventFilter,
    options?: CallOptions,
  ): Promise<readonly (EventLogItem | undefined)[]>;
  eventTypes(token: string, options?: CallOptions): Promise<readonly EventType[]>;
}

export function dashboardCalls(api: Api): DashboardCalls {
  return {
    async communications(token, { statuses, ...filter }, options) {
      const query = { ...filter, status: statuses?.join(',') };
      return (await api({ ...options, token }, 'GetCommunications', { query })).communications;
    },
    async communication(token, locator, options) {
      const operation = 'get_communication_by_locator_token';
      const communication = await api({ ...options, token }, operation, { path: { locator } });
      requireAsked({ provider: PROVIDER, operation, kind: 'read' }, locator, communication.token);
      return communication;
    },
    addLabels: (token, locator, labels, options) =>
      api({ ...options, token }, 'add_labels_to_locator_token', { path: { locator }, json: { labels } }),
    async events(token, filter, options) {
      return (await api({ ...options, token }, 'GetEventLogs', { query: { ...filter } })).log;
    },
    async eventTypes(token, options) {
      return (await api({ ...options, token }, 'GetEventTypes')).eventTypes;
    },
  };
}
