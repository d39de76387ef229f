export const GRAPHQL_JSON = 'application/graphql-response+json';
export const PLAIN_JSON = 'application/json';

interface Accepted {
  /** In small letters; may hold `*`. */
  readonly type: string;
  /** 0: it is not taken. */
  readonly quality: number;
}

/** What a client says of the types it takes, the dearest first. */
function accepted(accept: string): readonly Accepted[] {
  return accept
    .split(',')
    .map((part) => {
      const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { type, quality: quality === undefined ? 1 : Number(quality) || 0 };
    })
    .sort((a, b) => b.quality - a.quality);
}

/** Whether a client takes what is compressed with gzip (RFC 9110, section 12.5.3). */
export function takesGzip(acceptEncoding: string | string[] | undefined): boolean {
  const all = accepted(String(acceptEncoding ?? ''));
  const said = all.find(({ type }) => type === 'gzip') ?? all.find(({ type }) => type === '*');
  return said !== undefined && said.quality > 0;
}

/** Whether a client takes a page, as a browser does that opens an address. */
export function takesPage(accept: string | undefined): boolean {
  return accepted(accept ?? '').some(({ type, quality }) => type === 'text/html' && quality > 0);
}

/** How one result is to be written for a client; undefined when it takes no JSON. */
export function jsonType(accept: string | undefined): string | undefined {
  const all = accepted(accept || '*/*');
  const refused = all.flatMap(({ type, quality }) => (quality > 0 ? [] : [type]));
  const json = [PLAIN_JSON, GRAPHQL_JSON].filter((type) => !refused.includes(type));
  for (const { type, quality } of all) {
    if (quality <= 0) continue;
    const fitting = type === '*/*' || type === 'application/*' ? json : json.filter((one) => one === type);
    if (fitting[0] !== undefined) return fitting[0];
  }
  return undefined;
}
