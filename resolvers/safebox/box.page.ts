import type { Access } from '../../src/providers/safebox/access.js';
import type { SafeboxClient } from '../../src/providers/safebox/client.js';
import { pageByNumber } from '../../src/subgraph/numbered-page.js';
import { BoxSections } from './box-sections.js';
import { SafeBox } from './box.type.js';
import type { SafeBoxConnection } from './box.type.js';
import { toWireWord } from './enums.js';

export interface BoxPageRequest {
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly status?: readonly string[] | null | undefined;
  readonly search?: string | null | undefined;
}

/** One page of the list. */
export async function boxPage(
  client: SafeboxClient,
  access: Access,
  { status, search, ...place }: BoxPageRequest,
): Promise<SafeBoxConnection> {
  const filter = { status: (status ?? []).map((name) => toWireWord(name)), search: search ?? null };
  const read = async (page: number, size: number) => {
    const { boxes, count } = await client.boxes.list(access, filter, size, page + 1);
    return { items: boxes, totalCount: count };
  };
  const found = await pageByNumber(
    { name: 'box', filter, read, idOf: ({ id }) => id },
    place,
    (box) => new SafeBox(box, new BoxSections(client.boxes, access, box.id)),
  );
  return { ...found, totalCount: found.totalCount ?? 0 };
}
