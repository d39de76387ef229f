const BEGIN = '-----BEGIN PGP SIGNATURE-----';
const HEADER = /^[A-Za-z][\w-]*: /;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const CHECKSUM = /^=[A-Za-z0-9+/]{4}$/;

/**
 * Whether the armored signature that ends a text holds headers, Base64 and a checksum, and nothing else: a reader shows
 * whatever else stands there, and nothing covers it.
 */
export function endsInArmor(text: string): boolean {
  const lines = text.slice(text.lastIndexOf(BEGIN)).trimEnd().split(/\r?\n/);
  const [begin = '', ...inside] = lines.slice(0, -1).map((line) => line.trimEnd());
  const blank = inside.indexOf('');
  if (begin !== BEGIN || blank < 0) return false;
  const [headers, base64] = [inside.slice(0, blank), inside.slice(blank + 1)];
  if (CHECKSUM.test(base64.at(-1) ?? '')) base64.pop();
  return headers.every((line) => HEADER.test(line)) && base64.every((line) => BASE64.test(line));
}
