export const GRAPHQL_JSON = 'application/graphql-response+json';
export const PLAIN_JSON = 'application/json';

/** Media types that a client takes, the dearest first. */
export function acceptedTypes(accept: string | undefined): readonly string[] {
  return (accept || '*/*')
    .split(',')
    .map((part) => {
      const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { type, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ type }) => type);
}

/** How one result is to be written for a client; undefined when it takes no JSON. */
export function jsonType(accept: string | undefined): string | undefined {
  for (const type of acceptedTypes(accept)) {
    if (type === GRAPHQL_JSON || type === PLAIN_JSON) return type;
    if (type === '*/*' || type === 'application/*') return PLAIN_JSON;
  }
  return undefined;
}
