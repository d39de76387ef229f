/** Where a running simulator is moved from. */
export interface SimulatorAddress {
  readonly name: string;
  /** Loopback URL of its control interface. */
  readonly controlUrl: string;
}

/** What is answered: a status and JSON. */
export interface Answer {
  readonly status: number;
  readonly json: string;
}

const PATIENCE_MS = 30_000;

/**
 * Asks a control interface for a noun, or with a JSON body lets it carry out a verb.
 * @throws Error when it does not answer
 */
export async function callControl(
  { controlUrl }: SimulatorAddress,
  word: string,
  body: string | undefined,
): Promise<Answer> {
  const response = await fetch(`${controlUrl}/${word}`, {
    ...(body !== undefined && { method: 'POST', body }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return { status: response.status, json: await response.text() };
}
