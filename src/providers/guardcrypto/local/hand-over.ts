/** Fields for another thread, and the memory in them that goes there instead of being copied. */
export interface HandedOver<Fields> {
  readonly fields: Fields;
  readonly transfer: ArrayBuffer[];
}

/** Bytes that stand in a field go to the other thread; those that share their memory with others are copied first. */
export function handOver<Fields extends object>(fields: Fields): HandedOver<Fields> {
  const transfer = new Set<ArrayBuffer>();
  const entries = Object.entries(fields).map(([name, value]: [string, unknown]) => {
    if (!(value instanceof Uint8Array)) return [name, value];
    const bytes = ownBytes(value);
    transfer.add(bytes.buffer);
    return [name, bytes];
  });
  return { fields: Object.fromEntries(entries) as Fields, transfer: [...transfer] };
}

function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = bytes;
  const isAlone = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  return isAlone ? new Uint8Array(buffer) : new Uint8Array(bytes);
}
