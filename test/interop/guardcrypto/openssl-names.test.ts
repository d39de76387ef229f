import { after, describe, it } from 'node:test';
import {
  ANTON,
  authority,
  AUTHORITY,
  checkPath,
  openPathJudges,
  ROOT,
  type PathCase,
  type PathCertificate,
} from '../../support/certificate-paths.js';

// Groups 4.3 and 4.13 of NIST PKITS; what is covered of the others, and what is not, is said in openssl-paths.

const judge = openPathJudges({ after });

const root = ROOT;
const anton = ANTON;
const withMiddle = (...extensions: string[]): PathCertificate[] => [
  root,
  authority('middle', 'root', ...extensions),
];
const signer = (...names: string[]) => ({
  ...anton,
  extensions: ['keyUsage=critical,digitalSignature', `subjectAltName=${names.join(',')}`],
});

/** One whose only address stands where it need not be ASCII (RFC 9598). */
const mailbox = (value: string) => signer(`otherName:1.3.6.1.5.5.7.8.9;${value}`);

const STRICTER = 'no mail certificate has them, so nothing here compares them';

const CASES: readonly PathCase[] = [
  {
    name: '4.13 an address that is permitted',
    path: [...withMiddle('nameConstraints=critical,permitted;email:example.com'), anton],
    outcome: 'GOOD',
  },
  {
    name: '4.13 an address that is not permitted',
    path: [...withMiddle('nameConstraints=critical,permitted;email:example.org'), anton],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.13 an address that is excluded',
    path: [...withMiddle('nameConstraints=critical,excluded;email:example.com'), anton],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.13 an address below a permitted domain',
    path: [
      ...withMiddle('nameConstraints=critical,permitted;email:.example.com'),
      signer('email:a@mail.example.com'),
    ],
    outcome: 'GOOD',
  },
  {
    name: '4.13 one address of two',
    path: [
      ...withMiddle('nameConstraints=critical,permitted;email:example.com'),
      signer('email:a@example.com', 'email:a@example.org'),
    ],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.13 an address in the subject',
    path: [
      ...withMiddle('nameConstraints=critical,permitted;email:example.org'),
      {
        ...anton,
        subject: '/CN=anton/emailAddress=anton@example.com',
        extensions: ['keyUsage=digitalSignature'],
      },
    ],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.13 a host that is excluded',
    path: [
      ...withMiddle('nameConstraints=critical,excluded;DNS:example.com'),
      signer('email:a@b.c', 'DNS:www.example.com'),
    ],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.13 a host that is permitted',
    path: [
      ...withMiddle('nameConstraints=critical,permitted;DNS:example.com'),
      signer('email:a@b.c', 'DNS:www.example.com'),
    ],
    outcome: 'GOOD',
  },
  {
    name: '4.13 a URI that is not permitted',
    path: [
      ...withMiddle('nameConstraints=critical,permitted;URI:example.com'),
      signer('email:a@b.c', 'URI:https://example.org/'),
    ],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.13 a name that is permitted',
    path: [
      ...withMiddle('nameConstraints=critical,permitted;dirName:acme'),
      { ...anton, subject: '/O=Acme/CN=a' },
    ],
    sections: '[acme]\nO=ACME\n',
    outcome: 'GOOD',
  },
  {
    name: '4.13 a name that is not permitted',
    path: [
      ...withMiddle('nameConstraints=critical,permitted;dirName:acme'),
      { ...anton, subject: '/O=Other/CN=a' },
    ],
    sections: '[acme]\nO=ACME\n',
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.13 a name that is excluded',
    path: [
      ...withMiddle('nameConstraints=critical,excluded;dirName:acme'),
      { ...anton, subject: '/O=ACME/CN=a' },
    ],
    sections: '[acme]\nO=ACME\n',
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.13 what one authority permits and the next excludes',
    path: [
      root,
      authority('upper', 'root', 'nameConstraints=critical,permitted;email:example.com'),
      authority('middle', 'upper', 'nameConstraints=critical,excluded;email:anton@example.com'),
      anton,
    ],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.13 an address that need not be ASCII, of a permitted host',
    path: [
      root,
      authority('middle', 'root', 'nameConstraints=critical,permitted;email:example.com'),
      mailbox('UTF8:anton@example.com'),
    ],
    outcome: 'GOOD',
  },
  {
    name: '4.13 an address that need not be ASCII, of another host than permitted',
    path: [
      root,
      authority('middle', 'root', 'nameConstraints=critical,permitted;email:example.com'),
      mailbox('UTF8:anton@example.org'),
    ],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.13 an address that need not be ASCII, of an excluded host',
    path: [
      root,
      authority('middle', 'root', 'nameConstraints=critical,excluded;email:example.com'),
      mailbox('UTF8:anton@example.com'),
    ],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.13 an address that need not be ASCII, of another host than excluded',
    path: [
      root,
      authority('middle', 'root', 'nameConstraints=critical,excluded;email:example.com'),
      mailbox('UTF8:anton@example.org'),
    ],
    outcome: 'GOOD',
  },
  {
    name: '4.13 an address that need not be ASCII, without a host',
    path: [
      root,
      authority('middle', 'root', 'nameConstraints=critical,excluded;email:example.com'),
      mailbox('UTF8:anton'),
    ],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.13 an address that need not be ASCII, of the wrong type',
    path: [
      root,
      authority('middle', 'root', 'nameConstraints=critical,excluded;email:example.com'),
      mailbox('IA5STRING:anton@example.org'),
    ],
    outcome: 'NOT_TRUSTED',
  },
  ...(
    [
      ['permitted;DNS:example.com', 'www.example.com', 'GOOD'],
      ['permitted;DNS:example.com', 'www.example.org', 'NOT_TRUSTED'],
      ['excluded;DNS:example.com', 'www.example.com', 'NOT_TRUSTED'],
      ['excluded;DNS:example.com', 'www.example.org', 'GOOD'],
      ['excluded;DNS:example.com', 'Anton of example.com', 'GOOD'],
      ['permitted;DNS:example.com', 'anton', 'GOOD'],
      ['permitted;DNS:example.com', 'anton_b.example.org', 'NOT_TRUSTED'],
      ['permitted;DNS:example.com', '-a.example.org', 'GOOD'],
      ['permitted;DNS:example.com', 'a..example.org', 'GOOD'],
      ['permitted;DNS:example.com', 'example.org.', 'GOOD'],
      ['permitted;DNS:example.com', 'anton@example.org', 'GOOD'],
    ] as const
  ).map(([constraint, subject, outcome]): PathCase => ({
    name: `4.13 ${constraint} and the common name ${subject}`,
    path: [
      ...withMiddle(`nameConstraints=critical,${constraint}`),
      { ...signer('email:a@b.c'), subject: `/CN=${subject}` },
    ],
    outcome,
  })),
  ...(
    [
      ['https://example.com:8080/a', 'GOOD'],
      ['ldap://EXAMPLE.com/a', 'GOOD'],
      ['https://anton@example.com/', 'NOT_TRUSTED'],
      ['https://anton:b@example.com/', 'NOT_TRUSTED'],
      ['https://example.com?a', 'NOT_TRUSTED'],
      ['https://example.com%2eorg/', 'NOT_TRUSTED'],
      ['urn:a:b', 'NOT_TRUSTED'],
    ] as const
  ).map(([uri, outcome]): PathCase => ({
    name: `4.13 a permitted URI, and ${uri}`,
    path: [
      ...withMiddle('nameConstraints=critical,permitted;URI:example.com'),
      signer('email:a@b.c', `URI:${uri}`),
    ],
    outcome,
  })),
  {
    name: '4.13 a common name that is a host, beside a host among the names',
    path: [
      ...withMiddle('nameConstraints=critical,permitted;DNS:example.com'),
      { ...signer('email:a@b.c', 'DNS:www.example.com'), subject: '/CN=www.example.org' },
    ],
    outcome: 'GOOD',
  },
  {
    name: '4.13 an authority whose common name is a host',
    path: [
      root,
      authority('upper', 'root', 'nameConstraints=critical,permitted;DNS:example.com'),
      { ...authority('middle', 'upper'), subject: '/CN=ca.example.org' },
      signer('email:a@b.c'),
    ],
    outcome: 'GOOD',
  },
  ...(
    [
      ['permitted;IP:10.1.0.0/255.255.0.0', 'IP:10.1.2.3', 'NOT_TRUSTED', STRICTER],
      ['permitted;IP:10.1.0.0/255.255.0.0', 'IP:10.2.2.3', 'NOT_TRUSTED'],
      ['excluded;IP:10.1.0.0/255.255.0.0', 'IP:10.1.2.3', 'NOT_TRUSTED'],
      ['excluded;IP:10.1.0.0/255.255.0.0', 'IP:10.2.2.3', 'NOT_TRUSTED', STRICTER],
      ['excluded;IP:10.1.0.0/255.255.0.0', 'IP:fd00::1', 'GOOD'],
      ['permitted;IP:10.1.0.0/255.255.0.0', 'IP:fd00::1', 'NOT_TRUSTED'],
      ['excluded;IP:fd00::/ffff::', 'IP:fd00::1', 'NOT_TRUSTED'],
      ['excluded;IP:fd00::/ffff::', 'IP:fe80::1', 'NOT_TRUSTED', STRICTER],
      ['permitted;IP:10.1.0.5/255.0.255.0', 'IP:10.9.0.77', 'NOT_TRUSTED', STRICTER],
    ] as const
  ).map(([constraint, address, outcome, stricter]): PathCase => ({
    ...(stricter === undefined ? {} : { stricter }),
    name: `4.13 ${constraint} and ${address}`,
    path: [...withMiddle(`nameConstraints=critical,${constraint}`), signer('email:a@b.c', address)],
    outcome,
  })),
  {
    name: '4.3 other capitals and blanks in the name of an issuer',
    path: [
      root,
      { name: 'other', subject: '/O=ACME  Mail/CN=Middle', extensions: AUTHORITY },
      {
        name: 'middle',
        subject: '/O=acme mail/CN=MIDDLE',
        issuer: 'root',
        keyOf: 'other',
        extensions: AUTHORITY,
      },
      { ...anton, issuer: 'other' },
    ],
    outcome: 'GOOD',
  },
  {
    name: '4.3 the parts of a name in another order',
    path: [
      root,
      { name: 'other', subject: '/O=ACME/CN=middle', extensions: AUTHORITY },
      { name: 'middle', subject: '/CN=middle/O=ACME', issuer: 'root', keyOf: 'other', extensions: AUTHORITY },
      { ...anton, issuer: 'other' },
    ],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.3 another name for the same key',
    path: [
      root,
      { name: 'other', subject: '/CN=other', extensions: AUTHORITY },
      { name: 'middle', issuer: 'root', keyOf: 'other', extensions: AUTHORITY },
      { ...anton, issuer: 'other' },
    ],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.3 the same name for another key',
    path: [
      root,
      { name: 'other', subject: '/CN=middle', extensions: AUTHORITY },
      authority('middle', 'root'),
      { ...anton, issuer: 'other' },
    ],
    outcome: 'NOT_TRUSTED',
  },
];

describe('names along a path come out as OpenSSL has them', () => {
  for (const one of CASES) it(`${one.name}: ${one.outcome}`, async (t) => checkPath(judge(t, one), one));
});
