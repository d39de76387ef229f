import type { Operation } from '../operations/operation.js';
import {
  VIP_NAMESPACE,
  type Choice,
  type ComplexDefinition,
  type Particle,
  type SimpleDefinition,
  type Version,
  type XmlType,
} from '../schema/xml-type.js';
import type { Service } from '../services.js';
import { tag } from './tag.js';

const SOAP_BINDING = 'http://schemas.xmlsoap.org/wsdl/soap/';

/** The description of a service (dossier section 1.1): every message type is one flat sequence. */
export function writeWsdl(service: Service, version: Version, address: string): string {
  const { name, namespaceSuffix, operations } = service;
  const port = `${name}Port`;
  const binding = `${name}SoapBinding`;
  const definitions = tag(
    'definitions',
    {
      name: 'VIPUserServices',
      targetNamespace: `${VIP_NAMESPACE}/${namespaceSuffix}`,
      xmlns: 'http://schemas.xmlsoap.org/wsdl/',
      'xmlns:soap': SOAP_BINDING,
      'xmlns:xs': 'http://www.w3.org/2001/XMLSchema',
      'xmlns:vip': VIP_NAMESPACE,
      [`xmlns:vipus${namespaceSuffix}`]: `${VIP_NAMESPACE}/${namespaceSuffix}`,
    },
    [
      tag('types', {}, [writeSchema(operations, version)]),
      ...operations.flatMap(({ elementName }) => [
        message(`${elementName}Request`),
        message(`${elementName}Response`),
      ]),
      tag(
        'portType',
        { name: port },
        operations.map((operation) => portOperation(operation, namespaceSuffix)),
      ),
      tag('binding', { name: binding, type: `vipus${namespaceSuffix}:${port}` }, [
        tag('soap:binding', { style: 'document', transport: 'http://schemas.xmlsoap.org/soap/http' }),
        ...operations.map(boundOperation),
      ]),
      tag('service', { name }, [
        tag('port', { name: port, binding: `vipus${namespaceSuffix}:${binding}` }, [
          tag('soap:address', { location: address }),
        ]),
      ]),
    ],
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${definitions}`;
}

function message(name: string): string {
  return tag('message', { name }, [tag('part', { name, element: `vip:${name}` })]);
}

function portOperation({ name, elementName }: Operation, namespaceSuffix: string): string {
  return tag('operation', { name }, [
    tag('input', { message: `vipus${namespaceSuffix}:${elementName}Request` }),
    tag('output', { message: `vipus${namespaceSuffix}:${elementName}Response` }),
  ]);
}

function boundOperation({ name }: Operation): string {
  const literal = [tag('soap:body', { use: 'literal' })];
  return tag('operation', { name }, [
    tag('soap:operation', { soapAction: '' }),
    tag('input', {}, literal),
    tag('output', {}, literal),
  ]);
}

function writeSchema(operations: readonly Operation[], version: Version): string {
  const messages = operations.flatMap(({ elementName, requestType, responseType }) => [
    { name: `${elementName}Request`, type: requestType },
    { name: `${elementName}Response`, type: responseType },
  ]);
  const types = new Map<string, XmlType<unknown>>();
  for (const { type } of messages) collectTypes(type, version, types);
  return tag(
    'xs:schema',
    { targetNamespace: VIP_NAMESPACE, elementFormDefault: 'qualified', attributeFormDefault: 'unqualified' },
    [
      ...messages.map(({ name, type }) => tag('xs:element', { name, type: typeName(type) })),
      ...[...types.values()].map((type) => writeType(type, version)),
    ],
  );
}

function collectTypes(type: XmlType<unknown>, version: Version, found: Map<string, XmlType<unknown>>): void {
  if (type.name.startsWith('xs:') || found.has(type.name)) return;
  found.set(type.name, type);
  const { definition } = type;
  if (definition.kind === 'simple') {
    if (definition.attribute !== undefined) collectTypes(definition.attribute.type, version, found);
    return;
  }
  for (const { type: inner, since } of Object.values(definition.fields)) {
    if (since <= version) collectTypes(inner, version, found);
  }
}

function writeType({ name, definition }: XmlType<unknown>, version: Version): string {
  if (definition.kind === 'complex')
    return tag('xs:complexType', { name }, [tag('xs:sequence', {}, sequence(definition, version))]);
  const { base, attribute } = definition;
  if (attribute === undefined)
    return tag('xs:simpleType', { name }, [tag('xs:restriction', { base }, facets(definition))]);
  return tag('xs:complexType', { name }, [
    tag('xs:simpleContent', {}, [
      tag('xs:extension', { base }, [
        tag('xs:attribute', { name: attribute.name, type: typeName(attribute.type) }),
      ]),
    ]),
  ]);
}

function sequence({ fields, choice }: ComplexDefinition, version: Version): string[] {
  const known = Object.entries(fields).filter(([, { since }]) => since <= version);
  return known.flatMap(([name, particle]) => {
    if (choice === undefined || !choice.of.includes(name)) return [elementOf(name, particle)];
    return name === choice.of[0] ? [choiceOf(choice, new Map(known))] : [];
  });
}

function choiceOf({ of, required }: Choice, fields: ReadonlyMap<string, Particle<unknown>>): string {
  const branches = of.flatMap((name) => {
    const particle = fields.get(name);
    return particle === undefined ? [] : [elementOf(name, { ...particle, min: 1 })];
  });
  return tag('xs:choice', required ? {} : { minOccurs: '0' }, branches);
}

function elementOf(
  name: string,
  { type, min, max }: Pick<Particle<unknown>, 'type' | 'min' | 'max'>,
): string {
  return tag('xs:element', {
    name,
    type: typeName(type),
    ...(min === 1 ? {} : { minOccurs: String(min) }),
    ...(max === 1 ? {} : { maxOccurs: max === Infinity ? 'unbounded' : String(max) }),
  });
}

function facets({
  facets: { minLength, maxLength, pattern, words, minimum, maximum },
}: SimpleDefinition): string[] {
  const limits = { minLength, maxLength, minInclusive: minimum, maxInclusive: maximum, pattern };
  const written = Object.entries(limits).flatMap(([facet, value]) =>
    value === undefined ? [] : [tag(`xs:${facet}`, { value: String(value) })],
  );
  return [...written, ...(words ?? []).map((value) => tag('xs:enumeration', { value }))];
}

function typeName({ name }: XmlType<unknown>): string {
  return name.startsWith('xs:') ? name : `vip:${name}`;
}
