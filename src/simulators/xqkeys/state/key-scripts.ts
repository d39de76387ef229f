import type { KeyRecord } from './records.js';

type Script = Partial<Pick<KeyRecord, 'expiresAt' | 'revokedAt' | 'fetchedAt' | 'failure'>>;

/** What the labels of a key let happen to it by itself, such as `sim:revoke-after=5`, in seconds. */
export function scriptOf(labels: readonly string[], createdAt: number): Script {
  const script: Script = {};
  for (const label of labels) {
    const [, name, value = ''] = /^sim:([a-z-]+)=(.+)$/.exec(label) ?? [];
    const at = createdAt + Number(value) * 1000;
    if (name === 'fail') {
      const [, status, left] = /^(\d{3})x(\d+)$/.exec(value) ?? [];
      if (status !== undefined) script.failure = { status: Number(status), left: Number(left) };
    } else if (Number.isFinite(at)) {
      if (name === 'revoke-after') script.revokedAt = at;
      if (name === 'expire-after') script.expiresAt = at;
      if (name === 'fetch-after') script.fetchedAt = at;
    }
  }
  return script;
}
