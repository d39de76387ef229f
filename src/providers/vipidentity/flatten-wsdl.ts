import { SaxesParser } from 'saxes';

/** An element of a description, as it was written; `base` is what the type it extends is called, with its namespace. */
interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  children: (Node | string)[];
  readonly base: string | undefined;
}

const PARTICLES = ['sequence', 'choice', 'all', 'group'];

/**
 * The same description with every type that extends another written as one sequence, the elements of the base first.
 * The vendor's descriptions extend everywhere, and the library puts the elements of a base's base in the wrong place
 * (dossier section 1.4), which the service refuses.
 */
export function flattenWsdl(text: string): string {
  const { root, types } = parse(text);
  const done = new Set<Node>();
  const flatten = (type: Node): void => {
    if (done.has(type)) return;
    done.add(type);
    const extension = findChild(findChild(type, 'complexContent'), 'extension');
    const base = extension?.base === undefined ? undefined : types.get(extension.base);
    if (!extension || !base) return;
    flatten(base);
    const prefix = type.name.slice(0, -'complexType'.length);
    const sequence = { name: `${prefix}sequence`, attributes: {}, base: undefined };
    const children = [...particlesOf(base), ...particlesOf(extension)];
    type.children = [{ ...sequence, children }, ...elementsOf(extension).filter((one) => !isParticle(one))];
  };
  const visit = (node: Node): void => {
    if (local(node.name) === 'complexType') flatten(node);
    for (const child of elementsOf(node)) visit(child);
  };
  visit(root);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(root)}`;
}

/** What stands in the sequence of a type; anything else that it is made of stands as it is. */
function particlesOf(type: Node): (Node | string)[] {
  return elementsOf(type)
    .filter(isParticle)
    .flatMap((one) => (local(one.name) === 'sequence' && isOnce(one) ? one.children : [one]));
}

function isParticle({ name }: Node): boolean {
  return PARTICLES.includes(local(name));
}

function isOnce({ attributes }: Node): boolean {
  return (attributes['minOccurs'] ?? '1') === '1' && (attributes['maxOccurs'] ?? '1') === '1';
}

function findChild(node: Node | undefined, name: string): Node | undefined {
  return node && elementsOf(node).find((child) => local(child.name) === name);
}

function elementsOf({ children }: Node): Node[] {
  return children.filter((child) => typeof child !== 'string');
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function parse(text: string): { root: Node; types: ReadonlyMap<string, Node> } {
  const types = new Map<string, Node>();
  const top: Node = { name: '', attributes: {}, children: [], base: undefined };
  const open = [top];
  let targetNamespace = '';
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('text', (content) => open.at(-1)?.children.push(content));
  parser.on('opentag', (tag) => {
    const attributes = Object.fromEntries(
      Object.entries(tag.attributes).map(([name, { value }]) => [name, value]),
    );
    const { base, name, targetNamespace: target } = attributes;
    const qualified = (type: string): string => {
      const prefix = type.includes(':') ? type.slice(0, type.indexOf(':')) : '';
      return `${parser.resolve(prefix) ?? ''} ${local(type)}`;
    };
    const node: Node = {
      name: tag.name,
      attributes,
      children: [],
      base: base === undefined ? undefined : qualified(base),
    };
    if (tag.local === 'schema') targetNamespace = target ?? '';
    if (tag.local === 'complexType' && name !== undefined) types.set(`${targetNamespace} ${name}`, node);
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => open.pop());
  parser.write(text).close();
  const [root] = elementsOf(top);
  if (!root) throw new Error('the description is empty');
  return { root, types };
}

function write({ name, attributes, children }: Node): string {
  const written = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${escape(value)}"`);
  const content = children.map((child) => (typeof child === 'string' ? escape(child) : write(child)));
  return `<${name}${written.join('')}>${content.join('')}</${name}>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
