import type { InitializeHook, LoadHook } from 'node:module';

/** The new text of each file that is changed, by its place from the root of the repository, without extension. */
export type MutatedSources = Readonly<Record<string, string>>;

let sources: [string, string][] = [];

export const initialize: InitializeHook<MutatedSources> = (data) => {
  sources = Object.entries(data);
};

/** Gives the changed text in place of what is in the file. */
export const load: LoadHook = (url, context, next) => {
  const place = url.replace(/\?.*$/, '').replace(/\.[jt]s$/, '');
  const found = sources.find(([file]) => place.endsWith(`/${file}`));
  return found ? { format: 'module', source: found[1], shortCircuit: true } : next(url, context);
};
