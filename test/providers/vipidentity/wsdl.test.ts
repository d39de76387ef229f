import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ConfigError } from '../../../src/config/index.js';
import { packagePath } from '../../../src/package-path.js';
import { temporaryDirectory } from '../../support/simulators.js';
import type { Teardown } from '../../support/simulators.js';
import { failsWith, openVipClient } from './open.js';

const ANA = 'ana+approve@example.com';

const element = (name: string, type: string): string => `<xs:element name="${name}" type="${type}"/>`;
const extending = (base: string, sequence: string): string =>
  `<xs:complexContent><xs:extension base="vip:${base}">${sequence}</xs:extension></xs:complexContent>`;
const named = (name: string, content: string): string =>
  `<xs:complexType name="${name}">${content}</xs:complexType>`;
const BASES = [
  // Types may be used before they stand there.
  named(
    'RequestType',
    extending(
      'MessageType',
      '<xs:sequence><xs:element name="onBehalfOfAccountId" type="vip:AccountIdType" minOccurs="0"/></xs:sequence>',
    ),
  ),
  named(
    'ResponseType',
    extending(
      'MessageType',
      `<xs:sequence>${element('status', 'xs:hexBinary')}${element('statusMessage', 'xs:string')}<xs:element name="detail" type="xs:hexBinary" minOccurs="0"/><xs:element name="detailMessage" type="xs:string" minOccurs="0"/></xs:sequence>`,
    ),
  ),
  named('MessageType', `<xs:sequence>${element('requestId', 'vip:RequestIdType')}</xs:sequence>`),
].join('');
const FRAME = {
  Request: ['requestId', 'onBehalfOfAccountId'],
  Response: ['requestId', 'status', 'statusMessage', 'detail', 'detailMessage'],
} as const;

/** Our description as the vendor writes one: what all messages begin with comes from base types, of two levels. */
function asTheVendorDoes(wsdl: string): string {
  let count = 0;
  const extended = wsdl.replace(
    /<xs:complexType name="(\w+)(Request|Response)Type">\s*<xs:sequence>([^]*?)<\/xs:sequence>\s*<\/xs:complexType>/g,
    (_all, name: string, kind: 'Request' | 'Response', elements: string) => {
      count++;
      const own = FRAME[kind].reduce(
        (left, frame) => left.replace(new RegExp(`<xs:element name="${frame}"[^>]*/>`), ''),
        elements,
      );
      return named(`${name}${kind}Type`, extending(`${kind}Type`, `<xs:sequence>${own}</xs:sequence>`));
    },
  );
  assert(count >= 10, 'every message extends');
  return extended.replace('</xs:schema>', `${BASES}</xs:schema>`);
}

const SERVICES = ['authentication', 'management', 'query'] as const;
const NAMESPACE = 'https://schemas.symantec.com/vip/2011/04/vipuserservices';

type Files = Readonly<Record<string, string>>;

const shipped: Files = Object.fromEntries(
  SERVICES.map((service) => [
    `${service}.wsdl`,
    readFileSync(packagePath(`src/providers/vipidentity/wsdl/${service}.wsdl`), 'utf8'),
  ]),
);
const inherited: Files = Object.fromEntries(
  Object.entries(shipped).map(([file, wsdl]) => [file, asTheVendorDoes(wsdl)]),
);

/** The schema of each description in a file of its own, which `head` of the description refers to. */
function apart(
  head: (schema: string) => string,
  schemaFiles: (schema: string, service: string) => Files,
): Files {
  return Object.assign(
    {},
    ...SERVICES.map((service) => {
      const [, before = '', schema = '', after = ''] =
        /^([^]*<types>)([^]*)(<\/types>[^]*)$/.exec(inherited[`${service}.wsdl`] ?? '') ?? [];
      return {
        [`vipuserservices-${service}-1.7.wsdl`]: `${before}${head(service)}${after}`,
        ...schemaFiles(schema, service),
      };
    }),
  ) as Files;
}

/** A schema that declares its prefixes itself, as a file has to. */
function standing(schema: string): string {
  return schema.replace(
    '<xs:schema ',
    `<?xml version="1.0"?><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:vip="${NAMESPACE}" `,
  );
}

const SHAPES: Readonly<Record<string, Files>> = {
  'whole, with inherited elements': inherited,
  'with a schema that is imported': apart(
    (service) =>
      `<xs:schema><xs:import namespace="${NAMESPACE}" schemaLocation="vip-${service}.xsd"/></xs:schema>`,
    (schema, service) => ({ [`vip-${service}.xsd`]: standing(schema) }),
  ),
  'with other prefixes, and none': apart(
    (service) =>
      `<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema"><s:import namespace="${NAMESPACE}" schemaLocation="./vip-${service}.xsd"/></s:schema>`,
    (schema, service) => ({
      [`vip-${service}.xsd`]: standing(schema)
        .replace('xmlns:xs=', 'xmlns=')
        .replaceAll('<xs:', '<')
        .replaceAll('</xs:', '</')
        .replaceAll('"xs:', '"')
        .replace('xmlns:vip=', 'xmlns:soap=')
        .replaceAll('"vip:', '"soap:'),
    }),
  ),
  'with a schema in two files, one without a namespace of its own, which include each other': apart(
    (service) =>
      `<xs:schema targetNamespace="${NAMESPACE}" elementFormDefault="qualified"><xs:include schemaLocation="vip-${service}.xsd"/></xs:schema>`,
    (schema, service) => {
      const types = schema.match(/<xs:simpleType name[^]*?<\/xs:simpleType>/g) ?? [];
      const rest = types.reduce((left, type) => left.replace(type, ''), schema);
      return {
        [`vip-${service}.xsd`]: standing(rest).replace(
          /(<xs:schema [^>]*>)/,
          `$1<xs:include schemaLocation="types-${service}.xsd"/>`,
        ),
        [`types-${service}.xsd`]: `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="vip-${service}.xsd"/>${types.join('')}</xs:schema>`,
      };
    },
  ),
};

async function written(t: Teardown, files: Files): Promise<string> {
  const directory = await temporaryDirectory(t);
  for (const [name, text] of Object.entries(files))
    if (text !== '') writeFileSync(join(directory, name), text);
  return directory;
}

for (const [shape, files] of Object.entries(SHAPES)) {
  test(`descriptions ${shape}, give requests in the order of the schema`, async (t) => {
    const directory = await written(t, files);
    // The simulator checks the order of all elements, as the service does.
    const { client, simulator } = await openVipClient(t, () => ({ VIP_WSDL_DIR: directory }));
    // What is needed of them was read.
    rmSync(directory, { recursive: true });
    const child = { onBehalfOfAccountId: '1234567890' };
    await client.createUser({ userId: 'new@example.com', pin: '4711', forcePinChange: false }, child);
    assert.equal((await client.getUser('new@example.com', {}, child)).isPinSet, true);
    await assert.rejects(client.getUser('new@example.com'), failsWith('NOT_FOUND', '6003'));
    const ana = await client.getUser(ANA, { pushAttributes: true });
    assert.deepEqual(
      ana.credentials.map(({ credentialId }) => credentialId),
      ['VSMT12345678', '16505551212'],
    );
    const push = { displayParameters: [], requestParameters: [], authContext: [] };
    const { transactionId } = await client.pushUser({ userId: ANA, ...push });
    assert.equal((await client.pollPushes([transactionId])).size, 1);
    const otp = simulator.control.code({ credentialId: 'VSMT12345678' });
    await client.checkOtp({ userId: ANA, otp, authContext: [] });
  });
}

const query = shipped['query.wsdl'] ?? '';
const wrongs: readonly (readonly [wrong: string, files: Files, sentence: RegExp])[] = [
  ['is no XML', { 'query.wsdl': `${query}<broken` }, /query\.wsdl .*no well-formed XML \(line \d+\)/],
  ['is cut off', { 'query.wsdl': query.slice(0, 4_000) }, /query\.wsdl .*no well-formed XML/],
  ['is a page', { 'query.wsdl': '<html><body>secret-text</body></html>' }, /query service/],
  ['is missing', { 'query.wsdl': '' }, /query service/],
  ['is there twice', { 'query-2.wsdl': query }, /query-2\.wsdl and query\.wsdl/],
  [
    'lacks an operation',
    { 'query.wsdl': query.replaceAll('"pollPushStatus"', '"secret-text"') },
    /query\.wsdl .*pollPushStatus/,
  ],
  [
    'lacks a message',
    { 'query.wsdl': query.replace('<xs:element name="PollPushStatusRequest"', '<xs:element name="Other"') },
    /query\.wsdl .*PollPushStatusRequest/,
  ],
  [
    'is of another version of the services',
    { 'query.wsdl': query.replaceAll(NAMESPACE, 'http://schemas.verisign.com/vip/2011/04/vipuserservices') },
    /query\.wsdl .*GetServerTimeRequest/,
  ],
  [
    'imports what is not there',
    {
      'query.wsdl': query.replace(
        '<types>',
        '<types><xs:schema><xs:import namespace="urn:a" schemaLocation="none.xsd"/></xs:schema>',
      ),
    },
    /query\.wsdl .*none\.xsd, which cannot be read/,
  ],
  [
    'imports from the network',
    {
      'query.wsdl': query.replace(
        '<types>',
        '<types><xs:schema><xs:import namespace="urn:a" schemaLocation="http://127.0.0.1:9/a.xsd"/></xs:schema>',
      ),
    },
    /query\.wsdl .*only files/,
  ],
  [
    'imports another description',
    { 'query.wsdl': query.replace('<types>', '<import namespace="urn:a" location="other.wsdl"/><types>') },
    /query\.wsdl .*other description/,
  ],
  [
    'imports what is no XML',
    {
      'query.wsdl': query.replace(
        '<types>',
        '<types><xs:schema><xs:import namespace="urn:a" schemaLocation="a.xsd"/></xs:schema>',
      ),
      'a.xsd': 'secret-text',
    },
    /a\.xsd .*no well-formed XML/,
  ],
];

for (const [wrong, files, sentence] of wrongs) {
  test(`a description that ${wrong} is refused at start, by its name and without its text`, async (t) => {
    const directory = await written(t, { ...shipped, ...files });
    await assert.rejects(
      openVipClient(t, () => ({ VIP_WSDL_DIR: directory })),
      (error) => {
        assert(error instanceof ConfigError, String(error));
        assert.equal(error.variable, 'VIP_WSDL_DIR');
        assert.match(error.message, sentence);
        assert.doesNotMatch(error.message, /[<>]|secret-text/);
        return true;
      },
    );
  });
}

test('descriptions that were refused are read again with the next start', async (t) => {
  const directory = await written(t, { ...shipped, 'query.wsdl': 'not yet' });
  const settings = () => ({ VIP_WSDL_DIR: directory });
  await assert.rejects(openVipClient(t, settings), ConfigError);
  writeFileSync(join(directory, 'query.wsdl'), query);
  const { client } = await openVipClient(t, settings);
  assert.equal((await client.getUser(ANA)).userId, ANA);
});
