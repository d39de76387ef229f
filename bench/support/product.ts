import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from './contest.js';
import { WITHOUT_LIMITS } from './without-limits.js';

/** The built product in sandbox mode, in a process and a folder of its own. */
export async function startProduct(): Promise<{ url: string; pid: number; stop: () => Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), 'sealgraph-bench-'));
  const { line, pid, stop } = await start(
    '../dist/bundle/main.js',
    {
      PORT: '0',
      SEALGRAPH_DATA_DIR: dir,
      LOG_LEVEL: 'error',
      ...WITHOUT_LIMITS,
    },
    ['start'],
  );
  return {
    url: line.replace('ready ', ''),
    pid,
    async stop() {
      await stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
