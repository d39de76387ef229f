/** Prints one result as a JSON line; figures with at most four significant digits, because no more are meant. */
export function report(bench: string, figures: Readonly<Record<string, number | string>>): void {
  const rounded = Object.entries(figures).map(([name, figure]) => [
    name,
    typeof figure === 'number' ? Number(figure.toPrecision(4)) : figure,
  ]);
  process.stdout.write(`${JSON.stringify({ bench, ...Object.fromEntries(rounded) })}\n`);
}

/** Prints how a cost grows: each against the first, by how many times as much there was. */
export function reportGrowth(name: string, amounts: readonly number[], costs: readonly number[]): void {
  const [least = NaN] = amounts;
  const [first = NaN] = costs;
  report(
    name,
    Object.fromEntries(costs.map((cost, at) => [`time x${(amounts[at] ?? NaN) / least}`, cost / first])),
  );
}
