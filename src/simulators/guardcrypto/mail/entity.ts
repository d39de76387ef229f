/**
 * A MIME entity. Texts in this folder are of type latin1, one character for one byte, so that what was signed can be
 * cut out of a mail byte by byte; line ends are CRLF.
 */
export interface Entity {
  readonly fields: readonly HeaderField[];
  readonly body: string;
}

/** One header field with its continuation lines. */
export interface HeaderField {
  /** Lower case. */
  readonly name: string;
  /** The whole field as it stands, without the last line end. */
  readonly raw: string;
}

/** The media type of an entity: lower case, `text/plain` when it has none, empty when it says two things. */
export interface MediaType {
  readonly type: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** One character for one byte, with the line ends mail has. */
export function canonicalText(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/\r?\n/g, '\r\n');
}

export function parseEntity(text: string): Entity {
  if (text.startsWith('\r\n')) return { fields: [], body: text.slice(2) };
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? text.replace(/\r\n$/, '') : text.slice(0, end);
  const fields = head
    .split(/\r\n(?![ \t])/)
    .filter((raw) => raw !== '')
    .map((raw) => ({ name: (raw.split(':', 1)[0] ?? '').trim().toLowerCase(), raw }));
  return { fields, body: end < 0 ? '' : text.slice(end + 4) };
}

/** The value of a header field, unfolded. Undefined when there is none, or two, of which readers take either. */
function headerOf(entity: Entity, name: string): string | undefined {
  const [field, ...more] = entity.fields.filter((candidate) => candidate.name === name);
  if (field === undefined || more.length > 0) return undefined;
  return field.raw
    .slice(field.raw.indexOf(':') + 1)
    .replace(/\r\n/g, '')
    .trim();
}

export function mediaTypeOf(entity: Entity): MediaType {
  const isGiven = entity.fields.some(({ name }) => name === 'content-type');
  const value = headerOf(entity, 'content-type') ?? (isGiven ? '' : 'text/plain');
  const type = (value.split(';', 1)[0] ?? '').trim().toLowerCase();
  const parameters = new Map<string, string>();
  let rest = value.slice(value.indexOf(';') + 1 || value.length);
  while (rest.trim() !== '') {
    const [whole, name, quoted, plain] = PARAMETER.exec(rest) ?? [];
    if (whole === undefined || name === undefined) return TWO_THINGS;
    // One in pieces or encoded (RFC 2231) is another to readers that know nothing of that.
    const [known = ''] = name.toLowerCase().split('*', 1);
    if (parameters.has(known)) return TWO_THINGS;
    parameters.set(known, quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '');
    rest = rest.slice(whole.length);
  }
  return { type, parameters };
}

/** A parameter up to the next (RFC 2045 section 5.1): readers part any other at different places. */
const PARAMETER =
  /^\s*([!#-'*+\-.0-9A-Z^-z|~]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([!#-'*+\-.0-9A-Z^-z|~]+))\s*(?:;|$)/;
const TWO_THINGS: MediaType = { type: '', parameters: new Map() };

/**
 * The parts of a multipart entity, exactly: the line end before a boundary belongs to the boundary. Undefined when it has
 * no end, or a line begins like a boundary and goes on, which is one to some readers only.
 */
export function partsOf(entity: Entity): string[] | undefined {
  const boundary = mediaTypeOf(entity).parameters.get('boundary');
  if (boundary === undefined) return undefined;
  const [, ...pieces] = `\r\n${entity.body}`.split(`\r\n--${boundary}`);
  const parts: string[] = [];
  for (const piece of pieces) {
    const lineEnd = piece.indexOf('\r\n');
    const mark = lineEnd < 0 ? piece : piece.slice(0, lineEnd);
    if (!/^(?:--)?[ \t]*$/.test(mark)) return undefined;
    if (mark.startsWith('--')) return parts;
    if (lineEnd < 0) return undefined;
    parts.push(piece.slice(lineEnd + 2));
  }
  return undefined;
}

/**
 * Whether every line of its header is part of a field, to readers too who take a CR, blanks, or blanks before a colon for
 * the end of it.
 */
export function isClean(entity: Entity): boolean {
  return entity.fields.every(({ raw }) => /^[!-9;-~]+:/.test(raw) && !/\r(?!\n)|\n[ \t]+(?:\r|$)/.test(raw));
}

const AS_IT_STANDS = ['', '7bit', '8bit', 'binary'];

/** Lower case; empty when it does not say, undefined when it says two things. */
function encodingOf(entity: Entity): string | undefined {
  const isGiven = entity.fields.some(({ name }) => name === 'content-transfer-encoding');
  return isGiven ? headerOf(entity, 'content-transfer-encoding')?.toLowerCase() : '';
}

/** Whether its body is not encoded, which one made of parts must not be. */
export function isAsItStands(entity: Entity): boolean {
  return AS_IT_STANDS.includes(encodingOf(entity) ?? '?');
}

/**
 * The bytes an entity carries, its transfer encoding taken off. Undefined when Base64 has something else in it, or it is
 * encoded in a way nobody knows, or in two.
 */
export function decodedBody(entity: Entity): Buffer | undefined {
  if (isAsItStands(entity)) return Buffer.from(entity.body, 'latin1');
  const encoding = encodingOf(entity);
  if (encoding === 'base64') {
    const text = entity.body.replace(/\s+/g, '');
    return /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
  }
  if (encoding !== 'quoted-printable') return undefined;
  const text = entity.body
    .replace(/=[ \t]*\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_match, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(text, 'latin1');
}
