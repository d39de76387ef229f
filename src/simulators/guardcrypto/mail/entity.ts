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

/** The media type of an entity: lower case, `text/plain` when it has none. */
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

/** The value of a header field, unfolded. */
function headerOf(entity: Entity, name: string): string | undefined {
  const field = entity.fields.find((candidate) => candidate.name === name);
  return field?.raw
    .slice(field.raw.indexOf(':') + 1)
    .replace(/\r\n/g, '')
    .trim();
}

export function mediaTypeOf(entity: Entity): MediaType {
  const value = headerOf(entity, 'content-type') ?? 'text/plain';
  const type = (value.split(';', 1)[0] ?? '').trim().toLowerCase();
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, plain] of value.matchAll(/;\s*([\w*-]+)\s*=\s*(?:"([^"]*)"|([^\s;]+))/g)) {
    parameters.set(name.toLowerCase(), quoted ?? plain ?? '');
  }
  return { type, parameters };
}

/** The parts of a multipart entity, exactly: the line end before a boundary belongs to the boundary. */
export function partsOf(entity: Entity): string[] {
  const boundary = mediaTypeOf(entity).parameters.get('boundary');
  if (boundary === undefined) return [];
  const delimiter = new RegExp(
    `\r\n--${boundary.replace(/[.*+?^${}()|[\\]\\\\]/g, '\\$&')}(--)?[ \t]*(?=\r\n|$)`,
  );
  const pieces = `\r\n${entity.body}`.split(new RegExp(delimiter, 'g'));
  // split() puts the group of each delimiter between the pieces: preamble, mark, part, mark, part, ...
  const parts: string[] = [];
  for (let index = 1; index + 1 < pieces.length; index += 2) {
    if (pieces[index] !== undefined) break;
    parts.push((pieces[index + 1] ?? '').slice(2));
  }
  return parts;
}

/** The bytes an entity carries, its transfer encoding taken off. */
export function decodedBody(entity: Entity): Buffer {
  const encoding = headerOf(entity, 'content-transfer-encoding')?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(entity.body, 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(entity.body, 'latin1');
  const text = entity.body
    .replace(/(?<![ \t])[ \t]*=[ \t]*\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_match, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(text, 'latin1');
}
