/** Tells which calls of ports have not been answered yet. */
export interface CallsInFlight {
  /** Puts it between a port and whoever uses it. */
  readonly through: <Port extends object>(port: Port) => Port;
  isAny(): boolean;
}

export function callsInFlight(): CallsInFlight {
  let count = 0;
  return {
    isAny: () => count > 0,
    through: (port) =>
      new Proxy(port, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name);
          if (typeof member !== 'function') return member;
          return (...args: unknown[]): unknown => {
            const answer: unknown = Reflect.apply(member, target, args);
            if (!(answer instanceof Promise)) return answer;
            count += 1;
            return answer.finally(() => (count -= 1));
          };
        },
      }),
  };
}
