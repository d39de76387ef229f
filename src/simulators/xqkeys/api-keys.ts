/** Which of the four services. */
export const SERVICES = ['subscription', 'validation', 'quantum', 'dashboard'] as const;
export type ServiceName = (typeof SERVICES)[number];

export type ApiKeyName = 'general' | 'dashboard';

/** The application's two keys, each of two UUIDs joined by a hyphen. */
export const API_KEYS: Readonly<Record<ApiKeyName, string>> = {
  general: '11111111-1111-4111-8111-111111111111-22222222-2222-4222-8222-222222222222',
  dashboard: '33333333-3333-4333-8333-333333333333-44444444-4444-4444-8444-444444444444',
};

const KEYS_OF: Readonly<Record<ServiceName, readonly ApiKeyName[]>> = {
  subscription: ['general'],
  validation: ['general'],
  quantum: [],
  dashboard: ['dashboard'],
};

/** Operations of the dashboard that the general key opens too. */
const OPEN_TO_GENERAL: ReadonlySet<string> = new Set(['announceDevice']);

/** Which keys are good now. */
export class ApiKeys {
  readonly #disabled = new Set<ApiKeyName>();

  setEnabled(name: ApiKeyName, enabled: boolean): void {
    if (enabled) this.#disabled.delete(name);
    else this.#disabled.add(name);
  }

  /** Whether this key opens an operation of a service. */
  open(service: ServiceName, operation: string, value: string | undefined): boolean {
    const names = OPEN_TO_GENERAL.has(operation) ? (['dashboard', 'general'] as const) : KEYS_OF[service];
    const isGood = (name: ApiKeyName): boolean => value === API_KEYS[name] && !this.#disabled.has(name);
    return names.length === 0 || names.some(isGood);
  }

  reset(): void {
    this.#disabled.clear();
  }
}
