const WHOLE_TEXT = 0x81;
const TWO_BYTES_OF_LENGTH = 126;
const EIGHT_BYTES_OF_LENGTH = 127;

/** One text message as a server sends it, in one frame that is neither masked nor compressed (RFC 6455, 5.2). */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const start = length < TWO_BYTES_OF_LENGTH ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = WHOLE_TEXT;
  if (start === 2) frame[1] = length;
  if (start === 4) {
    frame[1] = TWO_BYTES_OF_LENGTH;
    frame.writeUInt16BE(length, 2);
  }
  if (start === 10) {
    frame[1] = EIGHT_BYTES_OF_LENGTH;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, start);
  return frame;
}
