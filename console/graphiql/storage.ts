/** What GraphiQL keeps of queries; it would keep their headers, and so tokens, with them. */
const HISTORY = ['graphiql:queries', 'graphiql:favorites'];

const withoutHeaders = (text: string): string =>
  JSON.stringify(JSON.parse(text), (key, value: unknown) => (key === 'headers' ? undefined : value));

/** The browser's storage, into which no header goes. */
export const storage = {
  get length() {
    return localStorage.length;
  },
  getItem: (key: string) => localStorage.getItem(key),
  setItem: (key: string, value: string) =>
    localStorage.setItem(key, HISTORY.includes(key) ? withoutHeaders(value) : value),
  removeItem: (key: string) => localStorage.removeItem(key),
  clear: () => localStorage.clear(),
};
