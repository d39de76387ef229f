import { ACCOUNTS, REVOKED_ACCOUNT } from '../accounts.js';
import { outcome, outcomeOf, writeOutcome, type Operation } from '../operations/operation.js';
import type { Version } from '../schema/xml-type.js';
import type { Account } from '../state/account.js';
import { settlePushes } from '../state/pushes.js';
import { failsOnce } from '../state/triggers.js';
import type { World } from '../state/world.js';
import { Refusal } from '../statuses.js';
import type { OutcomeInjector } from './outcome-injector.js';
import type { XmlElement } from './xml.js';

/** Carries out requests for the accounts of their callers. */
export class Performer {
  readonly #failed = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly outcomes: OutcomeInjector,
  ) {}

  /** @param caller the account of the client certificate. @returns the response element, whatever comes of it. */
  perform(operation: Operation, request: XmlElement, version: Version, caller: string | undefined): string {
    const injected = this.outcomes.take(operation.name);
    if (injected !== undefined) return writeOutcome(operation, request, version, injected);
    if (this.#failsNow(request)) return writeOutcome(operation, request, version, outcome('6005'));
    try {
      return operation.perform(request, version, (onBehalfOf) => this.#account(caller, onBehalfOf));
    } catch (error) {
      return writeOutcome(operation, request, version, outcomeOf(error));
    } finally {
      // A refused call has its effect too: wrong codes are counted.
      if (!operation.readOnly) this.world.save();
    }
  }

  #account(caller: string | undefined, onBehalfOf: string | undefined): Account {
    if (caller === REVOKED_ACCOUNT) throw new Refusal('600E');
    const own = ACCOUNTS.get(caller ?? '');
    if (own === undefined) throw new Refusal('6001');
    const id = onBehalfOf ?? own.id;
    const account = id === own.id || own.children.includes(id) ? this.world.account(id) : undefined;
    if (account === undefined) throw new Refusal('6001');
    settlePushes(account);
    return account;
  }

  #failsNow({ children }: XmlElement): boolean {
    const userId = children.find(({ name }) => name === 'userId' || name === 'UserId')?.text ?? '';
    if (!failsOnce(userId) || this.#failed.has(userId)) return false;
    this.#failed.add(userId);
    return true;
  }
}
