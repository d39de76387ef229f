import type { Api } from './api.js';
import { communication, communications, eventLog, eventTypes } from './wire/dashboard.js';
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

/** What the dashboard service tells; all with a dashboard token. */
export interface DashboardCalls {
  communications(token: string, filter: CommunicationFilter): Promise<readonly Communication[]>;
  communication(token: string, locator: string): Promise<Communication>;
  /** Adds to the labels that are there (add_labels_to_locator_token). */
  addLabels(token: string, locator: string, labels: readonly string[]): Promise<void>;
  events(token: string, filter: EventFilter): Promise<readonly EventLogItem[]>;
  eventTypes(token: string): Promise<readonly EventType[]>;
}

export function dashboardCalls(api: Api): DashboardCalls {
  const read = (token: string, operation: string, path: readonly string[]) =>
    ({ operation, service: 'dashboard', kind: 'read', method: 'GET', path, token }) as const;
  return {
    async communications(token, { statuses, ...filter }) {
      const query = { ...filter, status: statuses?.join(',') };
      const call = { ...read(token, 'GetCommunications', ['communications']), query };
      return (await api.json(call, communications)).communications;
    },
    communication: (token, locator) =>
      api.json(read(token, 'get_communication_by_locator_token', ['communication', locator]), communication),
    addLabels: (token, locator, labels) =>
      api.send({
        operation: 'add_labels_to_locator_token',
        service: 'dashboard',
        kind: 'write',
        method: 'PATCH',
        path: ['communication', locator, 'labels'],
        token,
        json: { labels },
      }),
    events: (token, filter) =>
      api.json({ ...read(token, 'GetEventLogs', ['log']), query: { ...filter } }, eventLog),
    eventTypes: (token) => api.json(read(token, 'GetEventTypes', ['eventtypes']), eventTypes),
  };
}
