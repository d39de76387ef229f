/** What is signed. */
export const TEXT = 'Content-Type: text/plain; format=flowed\r\n\r\nPay 12 euros.\r\n';
/** What somebody wants to be taken for it. */
export const MORE = 'Content-Type: text/plain\r\n\r\nPay 9999 euros.\r\n';

/** What a mail is made of, where it is not as it should be. */
export interface AttackedParts {
  readonly type?: string;
  /** As the type has it. */
  readonly boundary?: string;
  /** Header fields behind the type. */
  readonly more?: string;
  readonly header?: string;
  readonly preamble?: string;
  readonly inner?: string;
  readonly signatureHeader?: string;
  readonly signature?: string;
  readonly end?: string;
}

/** A mail of two parts, the second of which is a signature unless it is told otherwise. */
export function mailOf(
  protocol: string,
  base: Required<Pick<AttackedParts, 'signature' | 'signatureHeader'>>,
  parts: AttackedParts,
): string {
  const { header = 'From: a@b.c\r\n', boundary = 'boundary="part"' } = parts;
  const { type = `multipart/signed; protocol="${protocol}"; ${boundary}` } = parts;
  const { more = '', preamble = '', inner = TEXT, end = '\r\n--part--\r\n' } = parts;
  const { signatureHeader, signature } = { ...base, ...parts };
  return `${header}MIME-Version: 1.0\r\nContent-Type: ${type}\r\n${more}\r\n${preamble}--part\r\n${inner}\r\n--part\r\n${signatureHeader}\r\n${signature}${end}`;
}

/** What each attack makes of a mail, and whether it may come out good: it then shows the text that was signed. */
export type Attacks = Readonly<Record<string, readonly [parts: AttackedParts, isGood: boolean]>>;

/** Of the MIME structure, whatever signs it. */
export const STRUCTURE: Attacks = {
  nothing: [{}, true],
  'text before the first part': [{ preamble: 'Pay 9999 euros.\r\n' }, true],
  'text behind the last part': [{ end: '\r\n--part--\r\nPay 9999 euros.\r\n' }, true],
  'a third part': [{ end: `\r\n--part\r\n${MORE}\r\n--part--\r\n` }, false],
  'a third part behind a boundary that goes on': [{ end: `\r\n--partner\r\n${MORE}\r\n--part--\r\n` }, false],
  'a boundary that goes on within what is signed': [{ inner: `${TEXT}--partner\r\n${MORE}` }, false],
  'an end that goes on': [{ end: `\r\n--part--x\r\n${MORE}\r\n--part--\r\n` }, false],
  'no end': [{ end: '\r\n' }, false],
  'a byte order mark before what is signed': [{ inner: `\u00ef\u00bb\u00bf${TEXT}` }, false],
  'a NUL byte within': [{ inner: TEXT.replace('12', '1\x002') }, false],
  'a line end of CR alone within': [{ inner: TEXT.replace('Pay ', 'Pay\r') }, false],
  'a blank at the end of a line, which format=flowed joins': [
    { inner: TEXT.replace('euros.', 'euros. ') },
    false,
  ],
  'a line more': [{ inner: `${TEXT}\r\n` }, false],
  'an address in other letters that look the same': [{ header: 'From: \u0430nton@example.com\r\n' }, true],
  'a NUL byte in the header': [{ header: 'From: a@b.c\x00\r\n' }, true],
  'a signature that is said to be text': [{ signatureHeader: 'Content-Type: text/plain\r\n' }, false],
  'a signature that does not say what it is': [{ signatureHeader: '' }, false],
  'a signature that says it is a page first': [
    { signatureHeader: 'Content-Type: text/html\r\nContent-Type: application/pgp-signature\r\n' },
    false,
  ],
  'a mail of alternatives': [{ type: 'multipart/alternative; protocol="x"; boundary="part"' }, false],
  'a type given twice': [{ header: `Content-Type: text/plain\r\nFrom: a@b.c\r\n` }, false],
  'a type given twice, first the signed one': [{ more: 'Content-Type: text/plain\r\n' }, false],
  'a boundary given twice, once in pieces': [{ boundary: 'boundary="part"; boundary*0=other' }, false],
  'a boundary given twice, once encoded': [{ boundary: `boundary="part"; boundary*=utf-8''other` }, false],
  'a boundary with a piece missing': [{ boundary: 'boundary*0=pa; boundary*2=rt' }, false],
  'an encoding of its signature given twice': [
    {
      signatureHeader:
        'Content-Type: application/pgp-signature\r\nContent-Transfer-Encoding: 7bit\r\nContent-Transfer-Encoding: base64\r\n',
    },
    false,
  ],
  'a CR alone within a field of its header': [{ header: 'From: a@b.c\rSubject: x\r\n' }, false],
  'a CR alone before its type': [{ header: 'From: a@b.c\r' }, false],
  'a line of CR alone in its header': [{ header: 'From: a@b.c\r\n\r\r\n' }, false],
  'a line of blanks in its header': [{ header: 'From: a@b.c\r\n \t\r\n' }, false],
  'a line of blanks behind its type': [{ more: ' \r\n' }, false],
  'a field on two lines': [{ header: 'From: a@b.c\r\nSubject: a\r\n b\r\n' }, true],
  'an encoding of Base64 around its parts': [{ more: 'Content-Transfer-Encoding: base64\r\n' }, false],
  'an encoding of quoted-printable around its parts': [
    { more: 'Content-Transfer-Encoding: quoted-printable\r\n' },
    false,
  ],
  'an encoding nobody knows around its parts': [{ more: 'Content-Transfer-Encoding: x-own\r\n' }, false],
  'two encodings around its parts': [{ more: 'Content-Transfer-Encoding: 8bit\r\n'.repeat(2) }, false],
  'an encoding of 8bit around its parts': [{ more: 'Content-Transfer-Encoding: 8bit\r\n' }, true],
  'a CR alone in the header of its signature': [
    { signatureHeader: 'X: y\rContent-Type: application/pgp-signature\r\n' },
    false,
  ],
  'a line of blanks in the header of its signature': [
    { signatureHeader: 'Content-Type: application/pgp-signature\r\n \r\n' },
    false,
  ],
  'a boundary with a blank in it': [{ boundary: `boundary=part x` }, false],
  'a boundary with something behind its quotes': [{ boundary: `boundary="part"x` }, false],
  'a boundary in two pieces of quotes': [{ boundary: `boundary="par" "t"` }, false],
  'a boundary with quotes within': [{ boundary: `boundary=p"ar"t` }, false],
  'a boundary with a bracket behind it': [{ boundary: `boundary=part)` }, false],
  'a boundary with a comma behind it': [{ boundary: `boundary=part,` }, false],
  'a boundary with a stroke in it': [{ boundary: `boundary=part/x` }, false],
  'a boundary without its closing quote': [{ boundary: `boundary="part` }, false],
  'a boundary within a comment that does not end': [{ boundary: `boundary=part (x` }, false],
  'a boundary behind another word': [{ boundary: `x boundary=part` }, false],
  'another parameter that is odd': [{ boundary: 'x="a"b; boundary="part"' }, false],
  'a blank before the colon of a field': [{ header: 'From: a@b.c\r\nSubject : x\r\n' }, false],
  'a blank before the colon of its first field': [{ header: 'From : v@b.c\r\nFrom: a@b.c\r\n' }, false],
  'a type in an encoded word': [{ type: '=?utf-8?q?multipart/signed?=; boundary="part"' }, false],
};

/**
 * What attacks make of a readable text with its signature, and whether it may come out good.
 * @param signature another one, of another text
 */
export function readableAttacks(
  clear: string,
  signature: string,
): Readonly<Record<string, readonly [text: string, isGood: boolean]>> {
  return {
    nothing: [clear, true],
    'blanks at the end of a line': [clear.replace('euros.', 'euros. \t'), true],
    'the beginning once more': [
      clear.replace('\n\nPay', '\n\n-----BEGIN PGP SIGNED MESSAGE-----\nPay'),
      false,
    ],
    'a line that looks like the end of a letter': [clear.replace('\n\nPay', '\n\n-- \nPay'), false],
    'a blank before its beginning': [` ${clear}`, false],
    'a form feed before its beginning': [`\f${clear}`, false],
    'a number for a hash': [clear.replace(/^Hash:.*$/m, 'Hash: SHA49-170-1234567'), false],
    'the hash twice': [clear.replace(/^(Hash:.*)$/m, '$1\n$1'), false],
    'another hash': [clear.replace(/^Hash:.*$/m, 'Hash: SHA1'), false],
    'no hash': [clear.replace(/^Hash:.*\n/m, ''), false],
    'the beginning of another block': [
      clear.replace('\n\nPay', '\n\n-----BEGIN PGP PUBLIC KEY BLOCK-----\nPay'),
      false,
    ],
    'another header': [clear.replace(/^(Hash:.*)$/m, '$1\nCharset: utf-8'), false],
    'a form feed': [clear.replace('euros.', 'euros.\f'), false],
    'a blank of another kind': [clear.replace('euros.', 'euros.\u00a0'), false],
    'a CR alone': [clear.replace('12', '1\r2'), false],
    'a line more': [clear.replace('euros.\n', 'euros.\n\n'), false],
    'text before its signature': [
      clear.replace('-----BEGIN PGP SIG', 'Pay 9999 euros.\n-----BEGIN PGP SIG'),
      false,
    ],
    'text behind the mark of the beginning': [
      clear.replace('MESSAGE-----', 'MESSAGE----- Pay 9999 euros.'),
      false,
    ],
    'a byte order mark': [`\ufeff${clear}`, false],
    'a second signature behind it': [clear + signature, false],
    'itself once more': [clear + clear, false],
    'a comment in its signature': [
      clear.replace('SIGNATURE-----\n', 'SIGNATURE-----\nComment: Pay 9999\n'),
      true,
    ],
    'a quotation': [clear.replace(/^/gm, '> '), false],
  };
}

/** An armored signature, or a text that ends in one, with text within the armor, by the place where it stands. */
export function armorAttacks(text: string): Readonly<Record<string, string>> {
  const [pay, begin] = ['Now pay 9999 to Mallory.', '-----BEGIN PGP SIGNATURE-----'];
  const [before = '', armor = ''] = text.split(begin);
  const lineEnd = armor.includes('\r\n') ? '\r\n' : '\n';
  const lines = armor.split(lineEnd);
  const end = lines.findIndex((line) => line.startsWith('-----END'));
  const blank = lines.indexOf('', 1);
  const places = {
    'before its headers': 1,
    'before its first line': blank + 1,
    'between its lines': end - 2,
    'before its end': end,
  };
  return Object.fromEntries(
    Object.entries(places).map(([where, at]) => [
      where,
      before + begin + lines.toSpliced(at, 0, pay).join(lineEnd),
    ]),
  );
}
