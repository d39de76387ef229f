import type { Clock } from '../clock.js';
import { LastingTrouble } from '../lasting-trouble.js';
import type { Logger } from '../log.js';

/** What all watches of one provider can suffer from. */
interface ProviderTroubles {
  /** It cannot be asked. */
  readonly outage: LastingTrouble;
  /** What it says cannot be kept, or there is a fault of ours. */
  readonly unexpected: LastingTrouble;
}

/** What many watches at once can suffer from. */
export class PollTroubles {
  readonly unknownKind: LastingTrouble;
  readonly hastening: LastingTrouble;
  readonly #options: { readonly clock: Clock; readonly logger: Logger };
  readonly #providers = new Map<string, ProviderTroubles>();

  constructor({ clock, logger }: { readonly clock: Clock; readonly logger: Logger }) {
    this.#options = { clock, logger };
    this.unknownKind = new LastingTrouble({
      ...{ clock, logger, level: 'error' },
      failed: 'a watch is of a kind that this process does not know',
      well: 'every kind of watch is known',
    });
    this.hastening = new LastingTrouble({
      ...{ clock, logger },
      failed: 'a poll could not be brought forward',
      well: 'polls are brought forward again',
    });
  }

  of(provider: string): ProviderTroubles {
    const known = this.#providers.get(provider);
    if (known) return known;
    const troubles = {
      outage: new LastingTrouble({
        ...this.#options,
        failed: 'polls fail: the provider cannot be asked',
        well: 'polls go on: the provider can be asked again',
      }),
      unexpected: new LastingTrouble({
        ...{ ...this.#options, level: 'error' },
        failed: 'a poll failed unexpectedly',
        well: 'polls no longer fail unexpectedly',
      }),
    };
    this.#providers.set(provider, troubles);
    return troubles;
  }

  /** A poll of the provider has come to its end. */
  answered(provider: string): void {
    const { outage, unexpected } = this.#providers.get(provider) ?? {};
    outage?.well({ provider });
    unexpected?.well({ provider });
  }
}
