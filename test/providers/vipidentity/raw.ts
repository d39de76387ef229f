import { packagePath } from '../../../src/package-path.js';
import { createVipClient } from '../../../src/providers/vipidentity/client.js';
import type { VipClient } from '../../../src/providers/vipidentity/client.js';
import { readDescriptions } from '../../../src/providers/vipidentity/read-descriptions.js';
import type { HttpClientOptions } from '../../../src/providers/kit/http-client.js';
import { bodyOf, startServer } from '../../support/http-server.js';
import type { TestServer } from '../../support/http-server.js';
import { ManualClock } from '../../support/manual-clock.js';
import type { MemoryLogger } from '../../support/memory-logger.js';
import type { Teardown } from '../../support/simulators.js';
import { clientOf } from '../kit/client.js';

const VIP = 'https://schemas.symantec.com/vip/2011/04/vipuserservices';

/** What a raw service was asked. */
export interface Asked {
  /** As the message is called, without `Request`. */
  readonly operation: string;
  readonly requestId: string;
}

/** An envelope with the answer to what was asked; `inner` follows what every answer begins with. */
export function answerTo({ operation, requestId }: Asked, inner: string, status = '0000'): string {
  const frame = `<requestId>${requestId}</requestId><status>${status}</status><statusMessage>x</statusMessage>`;
  return `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><${operation}Response xmlns="${VIP}">${frame}${inner}</${operation}Response></S:Body></S:Envelope>`;
}

/** A client of a raw service: `answer` says what comes back, in its own time. */
export async function openRawVip(
  t: Teardown,
  answer: (asked: Asked) => string | Promise<string>,
  options: Partial<HttpClientOptions> = {},
): Promise<{ client: VipClient; server: TestServer; logger: MemoryLogger; clock: ManualClock }> {
  const clock = new ManualClock();
  const server = await startServer(t, (request, response) => {
    void bodyOf(request)
      .then((body) => answer(askedIn(body)))
      .then((text) => response.writeHead(200, { 'content-type': 'text/xml' }).end(text));
  });
  const http = clientOf(t, server.url, { provider: 'vipidentity', clock, retry: { retries: 0 }, ...options });
  return { client: await vipClientOf(server.url, http, clock), server, logger: http.logger, clock };
}

/** The client of the three services below one URL. */
export function vipClientOf(
  url: string,
  http: Parameters<typeof createVipClient>[0]['http'],
  clock: ManualClock,
): Promise<VipClient> {
  return createVipClient({
    http,
    clock,
    endpoints: { authentication: `${url}/A`, management: `${url}/M`, query: `${url}/Q_1_7` },
    descriptions: readDescriptions(packagePath('src/providers/vipidentity/wsdl')),
  });
}

/** What an envelope asks for. */
export function askedIn(body: string): Asked {
  const [, operation = ''] = /<(?:\w+:)?(\w+)Request[ >]/.exec(body) ?? [];
  const [, requestId = ''] = /requestId>([^<]*)</.exec(body) ?? [];
  return { operation, requestId };
}
