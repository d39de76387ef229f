/**
 * A mail, or one part of it. Text here has one character for one byte and CRLF line ends, so that what was signed is
 * cut out exactly.
 */
export class MimeEntity {
  /** Header fields as they stand, folded lines included. */
  readonly fields: readonly string[];
  readonly body: string;

  private constructor(fields: readonly string[], body: string) {
    this.fields = fields;
    this.body = body;
  }

  static parse(text: string): MimeEntity {
    // Header and body are parted by the first empty line, which may be the very first.
    const gap = `\r\n${text}`.indexOf('\r\n\r\n');
    const header = gap < 0 ? text : text.slice(0, gap);
    const fields = header.split(/\r\n(?![ \t])/).filter((field) => FIELD.test(field));
    return new MimeEntity(fields, gap < 0 ? '' : text.slice(gap + 2));
  }

  /** Reads bytes with any line ends. Undefined when they do not begin with a header field. */
  static parseMail(bytes: Buffer): MimeEntity | undefined {
    const text = bytes.toString('latin1');
    return FIELD.test(text) ? MimeEntity.parse(text.replace(/\r?\n/g, '\r\n')) : undefined;
  }

  /** Value of a header field on one line, without comments being taken out. @param name lower case */
  header(name: string): string | undefined {
    const prefix = `${name}:`;
    const field = this.fields.find((candidate) => candidate.toLowerCase().startsWith(prefix));
    return field?.slice(prefix.length).replaceAll('\r\n', '').trim();
  }

  /** Lower case; `text/plain` when it does not say. */
  get mediaType(): string {
    const [type = ''] = (this.header('content-type') ?? 'text/plain').split(';');
    return type.trim().toLowerCase();
  }

  /** A parameter of its content type. @param name lower case */
  parameter(name: string): string | undefined {
    for (const match of (this.header('content-type') ?? '').matchAll(PARAMETER)) {
      if (match.groups?.['name']?.toLowerCase() === name)
        return match.groups['quoted'] ?? match.groups['token'];
    }
    return undefined;
  }

  /** The parts of a multipart entity, exactly; the line end before a boundary belongs to the boundary. */
  parts(): string[] {
    const boundary = this.parameter('boundary');
    if (boundary === undefined || !this.mediaType.startsWith('multipart/')) return [];
    const text = `\r\n${this.body}`;
    const mark = `\r\n--${boundary}`;
    const parts: string[] = [];
    let start: number | undefined;
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) {
      const rest = REST_OF_BOUNDARY.exec(text.slice(at + mark.length, at + mark.length + LINE_LIMIT));
      if (!rest) continue;
      if (start !== undefined) parts.push(text.slice(start, at));
      if (rest[1] !== undefined) return parts;
      start = at + mark.length + rest[0].length;
    }
    return parts;
  }

  /** What it carries, its transfer encoding taken off. */
  content(): Buffer {
    switch (this.header('content-transfer-encoding')?.toLowerCase()) {
      case 'base64':
        return Buffer.from(this.body, 'base64');
      case 'quoted-printable':
        return decodeQuotedPrintable(this.body);
      default:
        return Buffer.from(this.body, 'latin1');
    }
  }
}

const FIELD = /^[!-9;-~]+[ \t]*:/;
const PARAMETER = /;\s*(?<name>[^\s=;]+)\s*=\s*(?:"(?<quoted>[^"]*)"|(?<token>[^\s;]+))/g;
const REST_OF_BOUNDARY = /^(--)?[ \t]*(?:\r\n|$)/;
const LINE_LIMIT = 998;

function decodeQuotedPrintable(text: string): Buffer {
  const decoded = text.replace(/[ \t]*(?:=[ \t]*\r\n|=([\dA-F]{2}))/gi, (match, hex: string | undefined) => {
    if (hex === undefined) return '';
    return match.slice(0, -3) + String.fromCharCode(Number.parseInt(hex, 16));
  });
  return Buffer.from(decoded, 'latin1');
}
