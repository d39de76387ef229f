/** An operation to begin with, as the server has put it into the page. */
export interface Example {
  readonly name: string;
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** What one tab of GraphiQL begins with. */
export interface Tab {
  readonly query: string;
  readonly variables: string | null;
}

/** Examples as tabs, and what running one of them makes known to the others. */
export interface Tabs {
  readonly tabs: readonly Tab[];
  /** Keeps what an operation has answered. */
  learn(operationName: string | undefined, data: unknown): void;
  /** Puts answers in where variables wait for them. @throws Error naming the tab to run first */
  fill(value: unknown): unknown;
}

const FIRST = /^# First: (.+)$/m;
/** `{path of place}` as a value: what stands at that path in the answer of an example. */
const REFERENCE = /^\{(\S+) of (\S+)\}$/;

export function tabsOf(examples: readonly Example[]): Tabs {
  const titles = new Map(examples.map(({ name, document }) => [name, titleOf(document)]));
  const awaited = new Map<string, { readonly title: string; readonly path: string }>();
  const answers = new Map<string, unknown>();

  const shown = (value: unknown): unknown =>
    mapText(value, (text) => {
      const [, path = '', name = ''] = REFERENCE.exec(text) ?? [];
      const title = titles.get(name);
      if (title === undefined) return text;
      const words = `<${path.split('.').at(-1) ?? ''} answered by ${title}>`;
      awaited.set(words, { title, path });
      return words;
    });

  return {
    tabs: examples.map(({ document, variables }) => ({
      query: document.replace(FIRST, (_line, names: string) => {
        const first = names.split(/, */).map((name) => titles.get(name) ?? name);
        return `# Run ${first.join(' and ')} first.`;
      }),
      variables: variables ? JSON.stringify(shown(variables), null, 2) : null,
    })),
    learn(operationName, data) {
      if (operationName !== undefined && data) answers.set(operationName, data);
    },
    fill: (value) =>
      mapText(value, (text) => {
        const wanted = awaited.get(text);
        if (!wanted) return text;
        const found = at(answers.get(wanted.title), wanted.path);
        if (found === undefined) throw new Error(`Run ${wanted.title} first: this needs what it answers.`);
        return found;
      }),
  };
}

function titleOf(document: string): string {
  return /^(?:query|mutation|subscription) (\w+)/m.exec(document)?.[1] ?? 'the first tab';
}

function mapText(value: unknown, change: (text: string) => unknown): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => mapText(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapText(one, change)]));
}

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, step) => {
    if (Array.isArray(inner)) return inner.at(Number(step)) as unknown;
    return typeof inner === 'object' && inner !== null
      ? Object.entries(inner).find(([key]) => key === step)?.[1]
      : undefined;
  }, value);
}
