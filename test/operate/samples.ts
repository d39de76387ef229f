import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 20_000;

/**
 * The metrics at a URL, as soon as each of these is the beginning of a line.
 * @throws Error that names those which are still missing
 */
export async function sampled(url: URL, beginnings: readonly string[]): Promise<string> {
  const untilMs = Date.now() + PATIENCE_MS;
  for (;;) {
    const text = await (await fetch(url)).text();
    const missing = beginnings.filter((one) => !text.split('\n').some((line) => line.startsWith(one)));
    if (missing.length === 0) return text;
    if (Date.now() > untilMs) throw new Error(`${url.href} does not show ${missing.join('\n')}`);
    await pause(50);
  }
}
