import type { XmlElement } from '../soap/xml.js';
import {
  SchemaViolation,
  VIP_NAMESPACE,
  type Choice,
  type Particle,
  type Version,
  type XmlType,
} from './xml-type.js';

/** Elements of a sequence, in its order. */
export type Fields = Readonly<Record<string, Particle<unknown>>>;

type ParticleValue<P> = P extends Particle<infer Value> ? Value : never;

type OptionalNames<F> = {
  [Name in keyof F]: undefined extends ParticleValue<F[Name]> ? Name : never;
}[keyof F];

/** What an element with these fields holds. A field that was not there is not there. */
export type ValueOf<F> = {
  readonly [Name in Exclude<keyof F, OptionalNames<F>>]: ParticleValue<F[Name]>;
} & { readonly [Name in OptionalNames<F>]?: ParticleValue<F[Name]> };

/** Exactly once. */
export function one<Value>(type: XmlType<Value>): Particle<Value> {
  return {
    ...shape(type, 1, 1),
    read(elements, version) {
      const [element] = elements;
      if (element === undefined) throw new SchemaViolation(`a ${type.name} is missing`);
      return type.read(element, version);
    },
    write: (name, value, version) => type.write(name, value, version),
  };
}

/** At most once. */
export function optional<Value>(type: XmlType<Value>): Particle<Value | undefined> {
  return {
    ...shape(type, 0, 1),
    read: ([element], version) => (element === undefined ? undefined : type.read(element, version)),
    write: (name, value, version) => (value === undefined ? '' : type.write(name, value, version)),
  };
}

/** `min` to `max` times; always read as a list. */
export function several<Value>(type: XmlType<Value>, min: number, max: number): Particle<readonly Value[]> {
  return {
    ...shape(type, min, max),
    read: (elements, version) => elements.map((element) => type.read(element, version)),
    write: (name, values, version) => values.map((value) => type.write(name, value, version)).join(''),
  };
}

/** Makes a field known to `version` and later ones only. */
export function since<Value>(version: Version, particle: Particle<Value>): Particle<Value> {
  return { ...particle, since: version };
}

/** A sequence of elements; order, number and content are checked both ways. */
export function complexType<F extends Fields>(name: string, fields: F, choice?: Choice): XmlType<ValueOf<F>> {
  return {
    name,
    definition: { kind: 'complex', fields, choice },
    read: (element, version) => pick(fields, readFields(element, fields, choice, version)),
    write: (element, value, version) => writeFields(element, fields, value, version),
  };
}

/** A message: what all of its sort begin with, and what is its own. */
export interface Message<Base, Own> {
  readonly base: Base;
  readonly own: Own;
}

/** The one flat sequence of a message, with its values kept apart. */
export function messageType<Base extends Fields, Own extends Fields>(
  name: string,
  base: Base,
  own: Own,
  choice?: Choice,
): XmlType<Message<ValueOf<Base>, ValueOf<Own>>> {
  const fields = { ...base, ...own };
  return {
    name,
    definition: { kind: 'complex', fields, choice },
    read(element, version) {
      const values = readFields(element, fields, choice, version);
      return { base: pick(base, values), own: pick(own, values) };
    },
    write: (element, value, version) =>
      writeFields(element, fields, { ...value.own, ...value.base }, version),
  };
}

type Values = ReadonlyMap<string, unknown>;

function readFields(
  element: XmlElement,
  fields: Fields,
  choice: Choice | undefined,
  version: Version,
): Values {
  if (element.text.trim() !== '' || element.attributes.size > 0)
    throw new SchemaViolation(`${element.name} holds elements only`);
  const values = new Map<string, unknown>();
  let at = 0;
  for (const [name, particle] of Object.entries(fields)) {
    if (particle.since > version) continue;
    const from = at;
    while (isField(element.children[at], name)) at += 1;
    const found = element.children.slice(from, at);
    if (found.length < particle.min || found.length > particle.max)
      throw new SchemaViolation(`${element.name} has ${found.length} ${name}`);
    values.set(name, particle.read(found, version));
  }
  const next = element.children[at];
  if (next !== undefined) throw new SchemaViolation(`${next.name} does not belong here in ${element.name}`);
  checkChoice(element, choice);
  return values;
}

function writeFields(element: string, fields: Fields, value: object, version: Version): string {
  const values = new Map<string, unknown>(Object.entries(value));
  const content = Object.entries(fields).map(([name, particle]) => {
    const own = values.get(name);
    const left = particle.since > version || (own === undefined && particle.min === 0);
    return left ? '' : particle.write(name, own, version);
  });
  const text = content.join('');
  return text === '' ? `<${element}/>` : `<${element}>${text}</${element}>`;
}

function pick<F extends Fields>(fields: F, values: Values): ValueOf<F> {
  const present = Object.keys(fields).flatMap((name) => {
    const value = values.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  // Every value was read by the particle of its field, which is where the type comes from.
  return Object.fromEntries(present) as ValueOf<F>;
}

function checkChoice({ name, children }: XmlElement, choice: Choice | undefined): void {
  if (choice === undefined) return;
  const chosen = children.filter((child) => choice.of.includes(child.name)).length;
  if (chosen > 1 || (chosen === 0 && choice.required))
    throw new SchemaViolation(`${name} wants one of ${choice.of.join(', ')}`);
}

function isField(element: XmlElement | undefined, name: string): boolean {
  return element !== undefined && element.name === name && element.namespace === VIP_NAMESPACE;
}

function shape(type: XmlType<unknown>, min: number, max: number) {
  return { type, min, max, since: 7 } as const;
}
