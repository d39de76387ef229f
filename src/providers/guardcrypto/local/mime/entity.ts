import { parseContentType, type ContentType } from './content-type.js';
import {
  canonicalLines,
  endOfLineBefore,
  linesBeginningWith,
  linesOf,
  withoutTrailingBlanks,
} from './lines.js';
import { decodeTransfer, isIdentity } from './transfer-encoding.js';

/** A mail, or one part of it. Text here has one character for one byte, so that what was signed is cut out exactly. */
export class MimeEntity {
  /** The whole of it, as it stands. */
  readonly text: string;
  /** Header fields as they stand, folded lines included. */
  readonly fields: readonly string[];
  /** As it stands. */
  readonly body: string;
  /**
   * Whether its header holds nothing but fields. Some readers take any other line for the beginning of the body, one of
   * blanks alone and one with blanks before its colon among them, and CR alone for the end of a line.
   */
  readonly isOnlyFields: boolean;
  readonly #contentType: ContentType;

  private constructor(text: string, lines: readonly string[], body: string) {
    const fields = lines.filter(isField);
    this.text = text;
    this.fields = fields;
    this.isOnlyFields = fields.length === lines.length;
    this.body = body;
    this.#contentType = parseContentType(
      this.has('content-type') ? (this.header('content-type') ?? '') : 'text/plain',
    );
  }

  static parse(text: string): MimeEntity {
    const fields: string[] = [];
    let bodyStart = text.length;
    for (const line of linesOf(text)) {
      // Header and body are parted by the first empty line, which may be the very first.
      if (line.text === '') {
        bodyStart = line.next;
        break;
      }
      if (/^[ \t]+[^ \t]/.test(line.text) && fields.length > 0)
        fields.push(`${fields.pop() ?? ''}\r\n${line.text}`);
      else fields.push(line.text);
    }
    return new MimeEntity(text, fields, text.slice(bodyStart));
  }

  /** Reads bytes with any line ends. Undefined when they do not begin with a header field. */
  static parseMail(bytes: Buffer): MimeEntity | undefined {
    const text = bytes.toString('latin1');
    const start = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
    for (const line of linesOf(text, start)) {
      const isLikeField = LIKE_FIELD.test(line.text);
      // What a mailbox file puts before each mail.
      if (line.start === start && line.text.startsWith('From ') && !isLikeField) continue;
      return isLikeField ? MimeEntity.parse(text.slice(line.start)) : undefined;
    }
    return undefined;
  }

  /** Whether there is such a header field, once or more. @param name lower case */
  has(name: string): boolean {
    return this.fields.some((field) => nameOf(field) === name);
  }

  /**
   * Value of a header field on one line, without comments being taken out. Undefined when there are two: readers would
   * not agree on one.
   * @param name lower case
   */
  header(name: string): string | undefined {
    const [field, ...more] = this.fields.filter((candidate) => nameOf(candidate) === name);
    if (more.length > 0) return undefined;
    return field
      ?.slice(field.indexOf(':') + 1)
      .replaceAll('\r\n', '')
      .trim();
  }

  /** Lower case; `text/plain` when it does not say, empty when it says two things. */
  get mediaType(): string {
    return this.#contentType.mediaType;
  }

  /** A parameter of its content type. @param name lower case */
  parameter(name: string): string | undefined {
    return this.#contentType.parameters.get(name);
  }

  /** The name of the file it is, if it says so. */
  get fileName(): string | undefined {
    return parseContentType(this.header('content-disposition') ?? '').parameters.get('filename');
  }

  /**
   * The parts of a multipart entity, exactly; the line end before a boundary belongs to the boundary. Undefined where a
   * line begins like a boundary and goes on: to some readers it is one (RFC 2046 section 5.1.1), to others it is text.
   */
  parts(): MimeParts | undefined {
    const boundary = this.parameter('boundary');
    if (boundary === undefined || !this.mediaType.startsWith('multipart/')) return undefined;
    const mark = `--${boundary}`;
    const parts: string[] = [];
    let start: number | undefined;
    let isAlone = true;
    for (const line of linesBeginningWith(mark, this.body)) {
      const rest = withoutTrailingBlanks(line.text.slice(mark.length));
      if (rest !== '' && rest !== '--') return undefined;
      if (start === undefined) isAlone = this.body.slice(0, line.start).trim() === '';
      else parts.push(this.body.slice(start, Math.max(start, endOfLineBefore(line.start, this.body))));
      if (rest === '--') return { parts, isAlone: isAlone && this.body.slice(line.next).trim() === '' };
      start = line.next;
    }
    return { parts, isAlone };
  }

  /** What it carries, its transfer encoding taken off. Undefined when that is malformed or unknown, or two are given. */
  content(): Buffer | undefined {
    return this.#hasTwoEncodings ? undefined : decodeTransfer(this.body, this.#transferEncoding);
  }

  /** Whether its body stands as it is: what is made of parts may not be encoded, and some readers decode it first. */
  get isAsItStands(): boolean {
    return !this.#hasTwoEncodings && isIdentity(this.#transferEncoding);
  }

  get #hasTwoEncodings(): boolean {
    return this.fields.filter((field) => nameOf(field) === 'content-transfer-encoding').length > 1;
  }

  /** The whole of it with the line ends mail has on its way, which is what is signed; binary ones stay as they are. */
  canonical(): Buffer {
    const bytes = Buffer.from(this.text, 'latin1');
    return this.#transferEncoding === 'binary' ? bytes : canonicalLines(bytes);
  }

  get #transferEncoding(): string | undefined {
    return this.header('content-transfer-encoding')?.split(/[\s(]/, 1)[0]?.toLowerCase();
  }
}

/** What a multipart entity is made of. */
export interface MimeParts {
  readonly parts: readonly string[];
  /** Whether nothing stands before the first boundary and behind the last, where no reader looks. */
  readonly isAlone: boolean;
}

const BYTE_ORDER_MARK = '\u00EF\u00BB\u00BF';

/** A field, or one of old with blanks before the colon, where some readers see the end of the header. */
const LIKE_FIELD = /^[!-9;-~]+[ \t]*:/;

function isField(text: string): boolean {
  return /^[!-9;-~]+:/.test(text) && !/\r(?!\n)/.test(text);
}

function nameOf(field: string): string {
  return field.slice(0, field.indexOf(':')).trim().toLowerCase();
}
