/** A value as JSON that can stand within a `<script>`: nothing in it ends the element or begins a comment. */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
