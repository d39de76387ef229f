import { ProviderError } from '../../../provider-error.js';

/**
 * What one call may ask for at the most, of all that a few bytes of input can ask much of. It is counted, not timed: the
 * same message is treated alike however busy the machine is. Each is many times what honest messages need.
 */
const LIMITS = {
  packets: [4_000, 'OpenPGP packets'],
  ownSignatures: [4_000, 'signatures of keys over themselves'],
  keySignatures: [1_000, 'signatures within keys to check'],
  recipients: [100, 'keys or certificates to encrypt to'],
  cmsValues: [10_000, 'certificates and signatures in a message'],
  certificates: [300, 'different certificates'],
  certificateValues: [30_000, 'values within certificates'],
  certificateSignatures: [200, 'signatures of certificates to check'],
  pathCertificates: [1_000, 'certificates on ways to an authority'],
  comparisons: [50_000, 'names and policies to compare'],
} as const;

/** What is counted of a call's work. */
export type Work = keyof typeof LIMITS;

/** Of calls that need less than others. */
export type OwnLimits = Readonly<Partial<Record<Work, number>>>;

/** The work of one call, as it is done. */
export class Effort {
  readonly #done = new Map<Work, number>();
  readonly #own: OwnLimits;
  readonly #end: (error: ProviderError) => void;

  /** @param end told when it asks for too much, also where a library keeps what is thrown to itself */
  constructor(own: OwnLimits = {}, end: (error: ProviderError) => void = () => undefined) {
    this.#own = own;
    this.#end = end;
  }

  /**
   * Counts work before it is done.
   * @param path the field that asks for it
   * @throws ProviderError `PROCESSING_LIMIT`
   */
  spend(work: Work, path: readonly string[], count = 1): void {
    const done = (this.#done.get(work) ?? 0) + count;
    this.#done.set(work, done);
    const [limit, name] = LIMITS[work];
    const max = this.#own[work] ?? limit;
    if (done <= max) return;
    const message = `${path.join('.')} asks for too much work: at most ${max} ${name}.`;
    const error = new ProviderError('PROCESSING_LIMIT', { path, message });
    this.#end(error);
    throw error;
  }
}

/**
 * Does the work of one call. It ends as soon as it asks for too much, whatever the libraries it goes through make of that.
 * @throws ProviderError `PROCESSING_LIMIT`
 */
export function withinLimits<Result>(
  work: (effort: Effort) => Promise<Result>,
  own?: OwnLimits,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    work(new Effort(own, reject)).then(resolve, reject);
  });
}
