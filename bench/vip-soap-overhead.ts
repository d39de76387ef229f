// Milliseconds of one call: our SOAP client versus a bare undici POST of the same envelope over the same TLS.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'undici';
import { report } from './support/report.js';
import { startVip } from './support/start-vip.js';

const CALLS = 500;
const ENVELOPE =
  '<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:vip="https://schemas.symantec.com/vip/2011/04/vipuserservices"><soap:Body><vip:GetUserInfoRequest><vip:requestId>bench_0001</vip:requestId><vip:userId>ana+approve@example.com</vip:userId></vip:GetUserInfoRequest></soap:Body></soap:Envelope>';

const { client, simulator, stop } = await startVip();
const file = (variable: string): Buffer => readFileSync(simulator.environment[variable] ?? '');
const agent = new Agent({
  connect: {
    cert: file('VIP_CERT_FILE'),
    key: file('VIP_KEY_FILE'),
    passphrase: simulator.environment['VIP_KEY_PASSPHRASE'],
    ca: file('VIP_CA_FILE'),
  },
});
const bare = async (): Promise<void> => {
  const { body } = await request(simulator.environment['VIP_QUERY_URL'] ?? '', {
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' },
    body: ENVELOPE,
    dispatcher: agent,
  });
  await body.text();
};
const ours = async (): Promise<void> => void (await client.getUser('ana+approve@example.com'));

const millisecondsPerCall = async (call: () => Promise<void>): Promise<number> => {
  for (let warming = 0; warming < CALLS / 5; warming++) await call();
  const startedAt = performance.now();
  for (let made = 0; made < CALLS; made++) await call();
  return (performance.now() - startedAt) / CALLS;
};
report('vip-soap-overhead', {
  calls: CALLS,
  bareMs: await millisecondsPerCall(bare),
  clientMs: await millisecondsPerCall(ours),
});
await agent.close();
await stop();
