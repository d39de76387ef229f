export type Values = Readonly<Record<string, unknown>>;

/** A number when no variable matters. */
export type Cost = number | ((variables: Values) => number);

export function sum(costs: readonly Cost[]): Cost {
  return combined(costs, (numbers) => numbers.reduce((a, b) => a + b, 0));
}

/** Reckoned at once when no variable matters. */
export function combined(costs: readonly Cost[], combine: (numbers: readonly number[]) => number): Cost {
  const fixed = costs.flatMap((cost) => (typeof cost === 'number' ? [cost] : []));
  if (fixed.length === costs.length) return combine(fixed);
  return (variables) => combine(costs.map((cost) => (typeof cost === 'number' ? cost : cost(variables))));
}
