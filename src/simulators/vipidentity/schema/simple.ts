import { escapeXml, type XmlElement } from '../soap/xml.js';
import { SchemaViolation, type Facets, type SimpleDefinition, type XmlType } from './xml-type.js';

/** `xs:string` within limits. */
export function textType(name: string, facets: Facets = {}): XmlType<string> {
  return simpleType(name, { kind: 'simple', base: 'xs:string', facets }, keep, keep);
}

/** One of a few words. */
export function enumType<const Word extends string>(name: string, words: readonly Word[]): XmlType<Word> {
  const definition: SimpleDefinition = { kind: 'simple', base: 'xs:string', facets: { words } };
  return simpleType(name, definition, (text) => words.find((word) => word === text), keep);
}

/** `xs:integer`, optionally within limits. */
export function integerType(name: string, facets: Facets = {}): XmlType<number> {
  const definition: SimpleDefinition = { kind: 'simple', base: 'xs:integer', facets };
  return simpleType(
    name,
    definition,
    (text) => (/^[+-]?\d{1,15}$/.test(text.trim()) ? Number(text) : undefined),
    String,
  );
}

export const string = textType('xs:string');
export const integer = integerType('xs:integer');

export const boolean: XmlType<boolean> = builtIn(
  'xs:boolean',
  (text) => BOOLEANS.get(text.trim()),
  (value) => String(value),
);

/** Milliseconds since the epoch; written in UTC with milliseconds, as the service does. Without a zone it is UTC. */
export const dateTime: XmlType<number> = builtIn('xs:dateTime', readDateTime, (value) =>
  new Date(value).toISOString(),
);

/** Written in upper case. */
export const hexBinary: XmlType<string> = builtIn(
  'xs:hexBinary',
  (text) => (/^([0-9A-Fa-f]{2})*$/.test(text.trim()) ? text.trim().toUpperCase() : undefined),
  keep,
);

export const language: XmlType<string> = builtIn(
  'xs:language',
  (text) => (/^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(text.trim()) ? text.trim() : undefined),
  keep,
);

/** Text whose element may have an attribute. Only ever written. */
export interface AttributedText {
  readonly text: string;
  readonly attribute?: string | undefined;
}

/** A text type with an optional attribute, for answers. */
export function attributedType(
  name: string,
  attribute: { readonly name: string; readonly type: XmlType<string> },
): XmlType<AttributedText> {
  return {
    name,
    definition: { kind: 'simple', base: 'xs:string', facets: {}, attribute },
    read: ({ text, attributes }) => ({ text, attribute: attributes.get(attribute.name) }),
    write(element, value) {
      const extra = value.attribute === undefined ? '' : ` ${attribute.name}="${escapeXml(value.attribute)}"`;
      return `<${element}${extra}>${escapeXml(value.text)}</${element}>`;
    },
  };
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

const DATE_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d)?$/;

function readDateTime(text: string): number | undefined {
  const match = DATE_TIME.exec(text.trim());
  if (match === null) return undefined;
  const milliseconds = Date.parse(`${match[1] ?? ''}${match[2] ?? 'Z'}`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

function keep(text: string): string {
  return text;
}

function builtIn<Value>(
  name: string,
  read: (text: string) => Value | undefined,
  write: (value: Value) => string,
): XmlType<Value> {
  return simpleType(name, { kind: 'simple', base: name, facets: {} }, read, write);
}

function simpleType<Value>(
  name: string,
  definition: SimpleDefinition,
  read: (text: string) => Value | undefined,
  write: (value: Value) => string,
): XmlType<Value> {
  const pattern =
    definition.facets.pattern === undefined
      ? undefined
      : new RegExp(`^(?:${definition.facets.pattern})$`, 'u');
  const parse = (text: string): Value | undefined =>
    meets(definition.facets, pattern, text) ? read(text) : undefined;
  return {
    name,
    definition,
    read(element: XmlElement) {
      const hasOnlyText = element.children.length === 0 && element.attributes.size === 0;
      const value = hasOnlyText ? parse(element.text) : undefined;
      if (value === undefined) throw new SchemaViolation(`${element.name} must hold a ${name}`);
      return value;
    },
    write(element, value) {
      const text = write(value);
      if (parse(text) === undefined) throw new TypeError(`${element} of an answer must hold a ${name}`);
      return `<${element}>${escapeXml(text)}</${element}>`;
    },
  };
}

function meets(facets: Facets, pattern: RegExp | undefined, text: string): boolean {
  const { minLength = 0, maxLength = Infinity, minimum = -Infinity, maximum = Infinity } = facets;
  const length = [...text].length;
  if (length < minLength || length > maxLength) return false;
  if (pattern !== undefined && !pattern.test(text)) return false;
  if (facets.minimum === undefined && facets.maximum === undefined) return true;
  return Number(text) >= minimum && Number(text) <= maximum;
}
