import type { IncomingMessage, ServerResponse } from 'node:http';

/** How a raw server answers, whatever it was asked. */
export interface HostileAnswer {
  readonly name: string;
  /** @param body what was asked */
  reply(response: ServerResponse, request: IncomingMessage, body: string): void;
  /** The client must wait until its time is over. */
  readonly isSilent?: boolean;
}

/** Stands in every body: it must never be seen by a caller. */
export const CANARY = 'upstream-canary';

const HUGE = `{"canary":"${CANARY.repeat(300_000)}"}`;
const DEEP = '['.repeat(20_000) + ']'.repeat(20_000);
const HTML = `<!doctype html><html><body>${CANARY}</body></html>`;

const BODIES: Readonly<Record<string, string>> = {
  'a page of HTML': HTML,
  'a page of XHTML': `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>${CANARY}</body></html>`,
  'an empty object': '{}',
  'an empty array': '[]',
  null: 'null',
  true: 'true',
  'a number': '7',
  'an empty string': '""',
  'a JSON string': `"${CANARY}"`,
  'a word': 'Welcome',
  words: `${CANARY} says yes`,
  'an array of nulls': '[null,null]',
  'an array of empty objects': '[{},{}]',
  'an object without what is wanted': `{"canary":"${CANARY}"}`,
  'an object of nulls':
    '{"data":null,"messageId":null,"safebox":null,"token":null,"result":null,"tokens":null,"keys":null}',
  'empty lists in place of objects':
    '{"data":[],"safebox":[],"participants":{},"messages":{},"favorites":{},"results":{},"exported":{},"communications":{}}',
  'wrong types':
    '{"data":7,"messageId":7,"recipients":"x","result":"yes","guid":{},"url":[],"tokens":"x","expiresOn":"x","scopes":"x","auth":7}',
  'an object with a prototype': '{"__proto__":{"result":true,"data":{}},"constructor":{"data":1}}',
  'a success in words': `{"success":true,"message":"${CANARY}"}`,
  'a truncated object': '{"data":{"keyRings":[',
  'a truncated text': '{"result":tr',
  'two objects': '{"canary":1}{"canary":2}',
  'more than JSON': '{}garbage',
  'an object in a list': '[{"result":true,"data":{}}]',
  'too much': HUGE,
  'too deep': DEEP,
  'too deep for XML': '<a>'.repeat(5_000),
  zeros: '\u0000'.repeat(64),
  'a byte order mark alone': '\ufeff',
  blanks: '   \n\n  ',
  'an empty SOAP body':
    '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body/></S:Envelope>',
  'a SOAP fault': `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><S:Fault><faultcode>S:Server</faultcode><faultstring>${CANARY}</faultstring></S:Fault></S:Body></S:Envelope>`,
  'a document type': `<!DOCTYPE a [<!ENTITY b "${CANARY}">]><a>&b;</a>`,
};

const bodies: readonly HostileAnswer[] = Object.entries(BODIES).map(([name, body], index) => ({
  name,
  // Any success is one.
  reply: (response) =>
    void response.writeHead(index % 4 === 3 ? 201 : 200, { 'content-type': 'application/json' }).end(body),
}));

const SOAP_STATUS = /<(?:\w+:)?(\w+)Request[ >]/;

const wires: readonly HostileAnswer[] = [
  {
    name: 'UTF-16 in place of UTF-8',
    reply: (response) => void response.end(Buffer.from(`{"data":"${CANARY}"}`, 'utf16le')),
  },
  {
    name: 'bytes that are no UTF-8',
    reply: (response) => void response.end(Buffer.from([0x22, 0xff, 0xfe, 0xc0, 0x22])),
  },
  {
    name: 'a compressed body that was not asked for',
    reply: (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('{"data":{}}'),
  },
  {
    name: 'an answer in foreign namespaces',
    reply(response, _request, body) {
      const [, operation = 'X'] = SOAP_STATUS.exec(body) ?? [];
      const [, id = ''] = /requestId>([^<]*)</.exec(body) ?? [];
      response.end(
        `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><${operation}Response xmlns="urn:foreign"><requestId>${id}</requestId><status>0000</status><statusMessage>${CANARY}</statusMessage></${operation}Response></S:Body></S:Envelope>`,
      );
    },
  },
  {
    name: 'an answer to another request',
    reply(response, _request, body) {
      const [, operation = 'X'] = SOAP_STATUS.exec(body) ?? [];
      response.end(
        `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><${operation}Response xmlns="https://schemas.symantec.com/vip/2011/04/vipuserservices"><requestId>other</requestId><status>0000</status></${operation}Response></S:Body></S:Envelope>`,
      );
    },
  },
  { name: 'less than the stated length', reply: (response) => cut(response, 100, '{"result":true}') },
  {
    name: 'a connection that is reset half-way',
    reply(response) {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"result":', () => response.socket?.resetAndDestroy());
    },
  },
  {
    name: 'a connection that is reset at once',
    reply: (response) => void response.socket?.resetAndDestroy(),
  },
  {
    name: 'something that is not HTTP',
    reply: (response) => void response.socket?.end(`SSH-2.0-${CANARY}\r\n`),
  },
  ...[301, 302, 303, 307, 308].map((status): HostileAnswer => ({
    name: `a redirect with ${status}`,
    reply: (response) =>
      void response.writeHead(status, { location: `http://127.0.0.1:9/${CANARY}` }).end('{"result":true}'),
  })),
  ...[304, 400, 401, 402, 403, 404, 409, 418, 420, 422, 429, 500, 501, 502, 503].map(
    (status): HostileAnswer => ({
      name: `status ${status}`,
      reply: (response) =>
        void response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(
            status === 304 ? undefined : `{"code":"${CANARY} x","message":"${CANARY}","error":"${CANARY}"}`,
          ),
    }),
  ),
  { name: 'nothing at all', reply: () => undefined, isSilent: true },
  {
    name: 'a drip of blanks without end',
    isSilent: true,
    reply: (response) => void response.writeHead(200).write(' '),
  },
];

function cut(response: ServerResponse, length: number, body: string): void {
  response.writeHead(200, { 'content-length': String(length) });
  response.write(body, () => response.socket?.end());
}

/** Ways of answering that no operation may take for a success, but where a table says so. */
export const HOSTILE_ANSWERS: readonly HostileAnswer[] = [...bodies, ...wires];
