import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packagePath } from '../../../src/package-path.js';
import { temporaryDirectory } from '../../support/simulators.js';
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

test("descriptions in the vendor's shape, with inherited elements, give requests in the order of the schema", async (t) => {
  const directory = await temporaryDirectory(t);
  for (const service of ['authentication', 'management', 'query']) {
    const shipped = readFileSync(packagePath(`src/providers/vipidentity/wsdl/${service}.wsdl`), 'utf8');
    writeFileSync(join(directory, `${service}.wsdl`), asTheVendorDoes(shipped));
  }
  // The simulator checks the order of all elements, as the service does.
  const { client, simulator } = await openVipClient(t, () => ({ VIP_WSDL_DIR: directory }));
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
