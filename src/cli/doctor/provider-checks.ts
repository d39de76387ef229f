import { systemClock } from '../../clock.js';
import type { Clock } from '../../clock.js';
import type { Config, ProviderSettings } from '../../config/index.js';
import { providers } from '../../providers/index.js';
import type { ProviderClient } from '../../providers/kit/define-provider.js';
import type { HttpPolicy } from '../../providers/kit/http-client.js';
import type { Probe } from '../../providers/kit/probe.js';
import { complainingLogger } from './complaining-logger.js';
import { describeRefusal } from './describe-refusal.js';
import type { Check, Complaint } from './finding.js';

export interface ProviderChecksOptions {
  /** The providers that are configured. */
  readonly live: readonly ProviderSettings[];
  readonly accountsOf: Config['accountsOf'];
  readonly http: HttpPolicy;
  readonly clock: Clock;
}

const CLOCK_TOLERATED_MS = 60_000;

/** Opens the client of each provider that is configured, and asks what changes nothing. */
export function providerChecks(options: ProviderChecksOptions): readonly Check[] {
  return providers
    .filter(({ name }) => options.live.some((one) => one.name === name))
    .flatMap((provider) => options.accountsOf(provider).map((account) => ({ provider, ...account })))
    .map(({ provider, tenant, settings }) => ({
      what: `provider ${provider.name}${tenant === undefined ? '' : ` of ${tenant}`}`,
      async run(complain) {
        let tell = complain;
        // What calls log beside their errors would be said twice.
        const logger = complainingLogger((complaint) => tell(complaint));
        const { clock, http } = options;
        const timers = { ...systemClock, now: () => clock.now() };
        const client: ProviderClient = await provider.connect(settings, { http, clock: timers, logger });
        tell = silent;
        try {
          await Promise.all((client.probes?.() ?? []).map((probe) => ask(probe, clock, complain)));
          return client.describe?.();
        } finally {
          await client.close();
        }
      },
    }));
}

async function ask(probe: Probe, clock: Clock, complain: (complaint: Complaint) => void): Promise<void> {
  try {
    const time = await probe.ask();
    const aheadMs = time === undefined ? 0 : clock.now() - time;
    if (Math.abs(aheadMs) <= CLOCK_TOLERATED_MS) return;
    const difference = `${Math.round(Math.abs(aheadMs) / 1_000)} s ${aheadMs > 0 ? 'ahead of' : 'behind'}`;
    complain({
      level: 'warning',
      setting: null,
      message: `The clock of this machine is ${difference} that of the provider: times and codes will not fit.`,
    });
  } catch (error) {
    complain({ level: 'failure', ...describeRefusal(error, probe) });
  }
}

function silent(): void {
  // Said already.
}
