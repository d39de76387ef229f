import { callerMode, ConfigError } from '../config/index.js';
import { createApp } from '../app.js';
import { systemClock } from '../clock.js';
import { openAudit } from '../operate/open-audit.js';
import { subgraphs } from '../../subgraphs/index.js';
import { boot } from './boot.js';
import type { Command } from './command.js';
import { openCounts } from './open-counts.js';
import { printWelcome } from './welcome.js';

/** The gateway alone: every subgraph runs elsewhere. */
export const gateway: Command = {
  maxWords: 0,
  async run() {
    const { config, logger, endTraces } = await boot({
      role: 'gateway',
      names: [],
      check({ subgraphUrls }) {
        if (subgraphUrls.size === 0) {
          throw new ConfigError(
            `${subgraphs[0]?.name.toUpperCase()}_SUBGRAPH_URL`,
            'is not set, nor that of any other subgraph: a gateway of its own needs at least one.',
          );
        }
      },
    });
    const callers = callerMode({ host: config.server.host, jwt: config.jwt, allProvidersSimulated: false });
    const counts = await openCounts(config, logger);
    const app = await createApp({
      ...{ config, callers, modules: [], ports: undefined, logger, isSandbox: false },
      counts: counts?.counts,
      audit: openAudit({
        file: config.server.auditFile,
        stream: counts?.audit,
        clock: systemClock,
        logger,
      }),
    });
    printWelcome({ url: app.url });
    return {
      async stop() {
        await app.stop();
        await counts?.close();
        await endTraces();
      },
    };
  },
};
