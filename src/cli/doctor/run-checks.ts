import { sentenceOf } from './sentence.js';
import type { Check, Complaint, Finding } from './finding.js';

/** Runs all checks at the same time, whatever comes of each, and answers what they found, in their order. */
export async function runChecks(checks: readonly Check[]): Promise<readonly Finding[]> {
  return (await Promise.all(checks.map(runCheck))).flat();
}

async function runCheck({ what: check, run }: Check): Promise<readonly Finding[]> {
  const complaints = new Map<string, Complaint>();
  const complain = (complaint: Complaint): void =>
    void complaints.set(`${complaint.setting} ${complaint.message}`, complaint);
  let details: readonly string[] | void = undefined;
  try {
    details = await run(complain);
  } catch (error) {
    complain({ level: 'failure', ...sentenceOf(error) });
  }
  const found: readonly Pick<Finding, 'level' | 'setting' | 'message'>[] =
    complaints.size === 0 ? [{ level: 'ok', setting: null, message: null }] : [...complaints.values()];
  return found.map((finding, place) => ({ check, ...finding, ...(details && place === 0 && { details }) }));
}
