import { SaxesParser } from 'saxes';
import type { SaxesTagNS } from 'saxes';

/** A name with the namespace it is of; empty: of none. */
export interface QName {
  readonly uri: string;
  readonly local: string;
}

/** An element of a description. What it is for, in words, is left out. */
export interface Node {
  readonly name: QName;
  readonly attributes: Readonly<Record<string, string | QName>>;
  children: Node[];
}

export const WSDL = 'http://schemas.xmlsoap.org/wsdl/';
export const SOAP = 'http://schemas.xmlsoap.org/wsdl/soap/';
export const SCHEMA = 'http://www.w3.org/2001/XMLSchema';
/** Of all messages and their types (dossier section 1.1). */
export const MESSAGES = 'https://schemas.symantec.com/vip/2011/04/vipuserservices';

/** Attributes that name what stands elsewhere. */
const REFERENCES = ['type', 'base', 'ref', 'element', 'itemType', 'message', 'binding'];
const PREFIXES: Readonly<Record<string, string>> = {
  [WSDL]: '',
  [SOAP]: 'soap',
  [SCHEMA]: 'xs',
  [MESSAGES]: 'vip',
};

/** What was read is no XML. Quotes nothing of it. */
export class NotXmlError extends Error {
  override readonly name = 'NotXmlError';

  constructor(readonly line: number) {
    super(`no well-formed XML (line ${line})`);
  }
}

/**
 * The elements of a document, with names that mean the same wherever they are put. `namespace` is that of what is
 * named without one: a schema that has none takes that of the one that includes it.
 * @throws NotXmlError
 */
export function parseTree(text: string, namespace = ''): Node {
  const top: Node = { name: { uri: '', local: '' }, attributes: {}, children: [] };
  const open = [top];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', () => {
    throw new NotXmlError(parser.line);
  });
  const named = (value: string): QName => {
    const colon = value.indexOf(':');
    const uri = parser.resolve(colon < 0 ? '' : value.slice(0, colon));
    return { uri: uri === undefined || uri === '' ? namespace : uri, local: value.slice(colon + 1) };
  };
  const attributesOf = ({ attributes }: SaxesTagNS): Node['attributes'] =>
    Object.fromEntries(
      Object.values(attributes)
        .filter(({ uri, name }) => uri === '' && name !== 'xmlns')
        .map(({ name, value }) => [name, REFERENCES.includes(name) ? named(value) : value]),
    );
  parser.on('opentag', (tag) => {
    const node: Node = {
      name: { uri: tag.uri, local: tag.local },
      attributes: attributesOf(tag),
      children: [],
    };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => open.pop());
  parser.write(text).close();
  const [root] = top.children;
  if (!root) throw new NotXmlError(parser.line);
  return root;
}

/** One document of a tree, with one prefix for each namespace, all of them declared at its root. */
export function writeTree(root: Node): string {
  const prefixes = new Map(Object.entries(PREFIXES));
  const written = ({ uri, local }: QName): string => {
    if (uri === '') return local;
    const prefix = prefixes.get(uri) ?? `n${prefixes.size}`;
    prefixes.set(uri, prefix);
    return prefix === '' ? local : `${prefix}:${local}`;
  };
  const inside = ({ name, attributes, children }: Node, declarations: () => string): string => {
    const tag = written(name);
    const content = children.map((child) => inside(child, () => '')).join('');
    const own = Object.entries(attributes).map(
      ([attribute, value]) => ` ${attribute}="${escape(typeof value === 'string' ? value : written(value))}"`,
    );
    return `<${tag}${declarations()}${own.join('')}>${content}</${tag}>`;
  };
  const declarations = (): string =>
    [...prefixes]
      .map(([uri, prefix]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escape(uri)}"`)
      .join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n${inside(root, declarations)}`;
}

/** Whether an element is that one of XML Schema. */
export function isOfSchema({ name }: Node, ...locals: readonly string[]): boolean {
  return name.uri === SCHEMA && locals.includes(name.local);
}

/** The text of an attribute that names nothing. */
export function textOf({ attributes }: Node, attribute: string): string | undefined {
  const value = attributes[attribute];
  return typeof value === 'string' ? value : undefined;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
