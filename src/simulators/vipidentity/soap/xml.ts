import { SaxesParser } from 'saxes';

/** One element of a message. */
export interface XmlElement {
  readonly namespace: string;
  /** Without prefix. */
  readonly name: string;
  /** Those without a prefix, by name. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  /** Its own characters, comments left out. */
  text: string;
}

/** What was sent is not XML, or has a document type declaration. */
export class MalformedXml extends Error {
  override readonly name = 'MalformedXml';
}

/**
 * Reads an XML document with namespaces. A document type declaration is refused, so there are no entities to expand.
 * @throws MalformedXml
 */
export function parseXml(document: string): XmlElement {
  const root: XmlElement = element('', '', new Map());
  const open = [root];
  const parser = new SaxesParser({ xmlns: true, position: false });
  const addText = (text: string): void => {
    const current = open.at(-1);
    if (current !== undefined) current.text += text;
  };
  parser.on('error', (error) => {
    throw new MalformedXml(error.message);
  });
  parser.on('doctype', () => {
    throw new MalformedXml('a document type declaration is not allowed');
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('opentag', ({ uri, local, attributes }) => {
    const plain = Object.values(attributes).filter(({ uri, name }) => uri === '' && name !== 'xmlns');
    const child = element(uri, local, new Map(plain.map(({ local, value }) => [local, value])));
    open.at(-1)?.children.push(child);
    open.push(child);
  });
  parser.on('closetag', () => open.pop());
  parser.write(document).close();
  const [top] = root.children;
  if (top === undefined) throw new MalformedXml('there is no element');
  return top;
}

/** Text as the content or an attribute of an element. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r\n\t]/g, (character) => ESCAPES.get(character) ?? character);
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\r', '&#13;'],
  ['\n', '&#10;'],
  ['\t', '&#9;'],
]);

function element(namespace: string, name: string, attributes: ReadonlyMap<string, string>): XmlElement {
  return { namespace, name, attributes, children: [], text: '' };
}
