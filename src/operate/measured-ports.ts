import { happenings } from '../happenings.js';

/** The same port, with each of its answers told to whoever measures. */
export function measured<Port extends object>(port: Port, name: string): Port {
  return new Proxy(port, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property, target);
      if (typeof member !== 'function' || typeof property !== 'string') return member;
      return (...values: unknown[]) => {
        const startedAt = performance.now();
        const tell = (outcome: 'ok' | 'error'): void =>
          happenings.store.tell({
            ...{ port: name, operation: property, outcome },
            durationMs: performance.now() - startedAt,
          });
        const answer: unknown = Reflect.apply(member, target, values);
        if (answer instanceof Promise)
          answer.then(
            () => tell('ok'),
            () => tell('error'),
          );
        return answer;
      };
    },
  });
}
