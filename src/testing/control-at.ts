import { z } from 'zod';
import type { SimulatorControl } from './api.js';

const refusal = z.object({ error: z.string() });

/** What can be told to a simulator through its control interface. */
export function controlAt(url: string): SimulatorControl {
  const ask = async (name: string, init: RequestInit = {}): Promise<unknown> => {
    const response = await fetch(`${url}/${encodeURIComponent(name)}`, init);
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${name}: ${refusal.parse(answer).error}`);
    return answer;
  };
  return {
    tell: (verb, input = {}) => ask(verb, { method: 'POST', body: JSON.stringify(input) }),
    show: (noun) => ask(noun),
  };
}
