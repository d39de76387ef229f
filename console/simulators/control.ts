import { useCallback, useEffect, useState } from 'preact/hooks';

/** The providers whose simulators can be moved. */
export type ProviderName = 'messaging2fa' | 'vipidentity' | 'safebox' | 'xqkeys' | 'guardcrypto';

/** What a simulator's control interface tells. @throws Error */
export function look<Value>(simulator: ProviderName, noun: string): Promise<Value> {
  return send<Value>(`simulators/${simulator}/${noun}`);
}

/** Lets a simulator's world do something. @throws Error saying why not */
export function tell(simulator: ProviderName, verb: string, input: object = {}): Promise<unknown> {
  return send(`simulators/${simulator}/${verb}`, input);
}

/** Asks the console's part of the server. @throws Error */
export async function send<Value>(path: string, body?: object): Promise<Value> {
  const response = await fetch(`/console/${path}`, {
    ...(body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const answer = (await response.json()) as Value & { error?: string };
  if (!response.ok) throw new Error(answer.error ?? 'The simulator does not answer.');
  return answer;
}

/** Asks again and again while the page is looked at; what cannot be had now leaves the last value. */
export function usePolled<Value>(
  read: () => Promise<Value>,
  everyMs = 1_000,
): { value: Value | undefined; reload: () => void } {
  const [value, setValue] = useState<Value>();
  const reload = useCallback(() => void read().then(setValue, () => undefined), []);
  useEffect(() => {
    reload();
    const timer = setInterval(() => document.hidden || reload(), everyMs);
    return () => clearInterval(timer);
  }, [reload, everyMs]);
  return { value, reload };
}
