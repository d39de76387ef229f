// Loads one address until the time is over, then prints answers per second. A single wrong answer ends it.
import process from 'node:process';
import autocannon from 'autocannon';

const { url, headers, body, expected, connections, seconds } = JSON.parse(process.argv[2]);
const result = await autocannon({
  url,
  connections,
  duration: seconds,
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body,
  expectBody: expected,
});
if (result.errors + result.non2xx + result.mismatches > 0) throw new Error(`wrong answers from ${url}`);
process.stdout.write(`${result.requests.total / result.duration}\n`);
