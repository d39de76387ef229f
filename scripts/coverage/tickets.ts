import { z } from 'zod';

const ticket = z.object({
  url: z.string().includes('/files/'),
  method: z.enum(['GET', 'PUT']).default('GET'),
  headers: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
  maxBytes: z.number().optional(),
});

/**
 * Uses every file ticket in an answer, as its client would: takes the file, or sends one.
 * @param upload what to send; default as many bytes as were announced
 * @throws Error when a file is refused
 */
export async function useTickets(baseUrl: string, value: unknown, upload: Buffer | undefined): Promise<void> {
  if (typeof value !== 'object' || value === null) return;
  const { success, data } = ticket.safeParse(value);
  if (success) return useTicket(new URL(data.url, baseUrl), data, upload);
  for (const inner of Object.values(value)) await useTickets(baseUrl, inner, upload);
}

async function useTicket(
  url: URL,
  { method, headers, maxBytes }: z.output<typeof ticket>,
  upload: Buffer = Buffer.alloc(maxBytes ?? 0),
): Promise<void> {
  const response = await fetch(url, {
    method,
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    ...(method === 'PUT' && { body: new Blob([new Uint8Array(upload)]) }),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`the file was refused with ${response.status}`);
}
