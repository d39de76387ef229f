import { isOfSchema, SCHEMA, textOf } from './description-tree.js';
import type { Node } from './description-tree.js';

const PARTICLES = ['sequence', 'choice', 'all', 'group'];

/**
 * Writes every type of these schemas that extends another as one sequence, the elements of the base first.
 * The vendor's descriptions extend everywhere, and the library puts the elements of a base's base in the wrong place
 * (dossier section 1.4), which the service refuses.
 */
export function flattenTypes(schemas: readonly Node[]): void {
  const types = new Map(
    schemas.flatMap((schema) =>
      schema.children
        .filter((child) => isOfSchema(child, 'complexType'))
        .map((type) => [`${textOf(schema, 'targetNamespace')} ${textOf(type, 'name')}`, type] as const),
    ),
  );
  const done = new Set<Node>();
  const flatten = (type: Node): void => {
    if (done.has(type)) return;
    done.add(type);
    const extension = findChild(findChild(type, 'complexContent'), 'extension');
    const named = extension?.attributes['base'];
    const base = typeof named === 'object' ? types.get(`${named.uri} ${named.local}`) : undefined;
    if (!extension || !base) return;
    flatten(base);
    const children = [...particlesOf(base), ...particlesOf(extension)];
    type.children = [
      { name: { uri: SCHEMA, local: 'sequence' }, attributes: {}, children },
      ...extension.children.filter((one) => !isParticle(one)),
    ];
  };
  const visit = (node: Node): void => {
    if (isOfSchema(node, 'complexType')) flatten(node);
    node.children.forEach(visit);
  };
  schemas.forEach(visit);
}

/** What stands in the sequence of a type; anything else that it is made of stands as it is. */
function particlesOf(type: Node): Node[] {
  return type.children
    .filter(isParticle)
    .flatMap((one) => (isOfSchema(one, 'sequence') && isOnce(one) ? one.children : [one]));
}

function isParticle(node: Node): boolean {
  return isOfSchema(node, ...PARTICLES);
}

function isOnce({ attributes }: Node): boolean {
  return (attributes['minOccurs'] ?? '1') === '1' && (attributes['maxOccurs'] ?? '1') === '1';
}

function findChild(node: Node | undefined, name: string): Node | undefined {
  return node?.children.find((child) => isOfSchema(child, name));
}
