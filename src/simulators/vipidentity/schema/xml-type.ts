import type { XmlElement } from '../soap/xml.js';

/** The namespace of all messages and their types (dossier section 1.1). */
export const VIP_NAMESPACE = 'https://schemas.symantec.com/vip/2011/04/vipuserservices';

/** The number after the underscore of a service's path: 7 is version 1.7. */
export const VERSIONS = [7, 8] as const;

export type Version = (typeof VERSIONS)[number];

/** A message breaks the schema; `message` says where, for whoever debugs the simulator. */
export class SchemaViolation extends Error {
  override readonly name = 'SchemaViolation';
}

/** A type of the XML schema, which can read and write the content of an element. */
export interface XmlType<Value> {
  /** `xs:` and a name for the built-in ones. */
  readonly name: string;
  readonly definition: SimpleDefinition | ComplexDefinition;
  /** @throws SchemaViolation */
  read(element: XmlElement, version: Version): Value;
  /** Writes an element. @throws TypeError when the value breaks the schema */
  write(name: string, value: Value, version: Version): string;
}

/** What is between the tags is text. */
export interface SimpleDefinition {
  readonly kind: 'simple';
  /** Name of the built-in type it restricts. */
  readonly base: string;
  readonly facets: Facets;
  /** An optional attribute of the element. */
  readonly attribute?: { readonly name: string; readonly type: XmlType<string> };
}

export interface Facets {
  /** In characters. */
  readonly minLength?: number;
  /** In characters. */
  readonly maxLength?: number;
  /** The whole text matches. */
  readonly pattern?: string;
  readonly words?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What is between the tags is a sequence of elements. */
export interface ComplexDefinition {
  readonly kind: 'complex';
  /** In the order of the sequence. */
  readonly fields: Readonly<Record<string, Particle<unknown>>>;
  readonly choice: Choice | undefined;
}

/** Fields, neighbours in the sequence, of which at most one may be there. */
export interface Choice {
  readonly of: readonly string[];
  readonly required: boolean;
}

/** A place in a sequence. */
export interface Particle<Value> {
  readonly type: XmlType<unknown>;
  readonly min: number;
  readonly max: number;
  /** The version that brought it. */
  readonly since: Version;
  read(elements: readonly XmlElement[], version: Version): Value;
  write(name: string, value: Value, version: Version): string;
}
