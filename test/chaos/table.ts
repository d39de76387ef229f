import type { ChaosReport } from './run.js';

/** The reports side by side, one line per figure. */
export function chaosTable(reports: readonly ChaosReport[]): string {
  const faults = [...new Set(reports.flatMap((report) => [...report.faults.keys()]))].toSorted();
  const rows: [string, (report: ChaosReport) => string | number][] = [
    ['', ({ variant, mutant }) => mutant ?? variant],
    ['provider', ({ provider }) => provider],
    ['redis', ({ redis }) => redis],
    ['watches', ({ waves, watches }) => waves * watches],
    ['readers (trials)', ({ readers }) => readers],
    ['requests at the provider', ({ requests }) => requests],
    ['events received', ({ events }) => events],
    ['faults', (report) => [...report.faults.values()].reduce((sum, count) => sum + count, 0)],
    ...faults.map((fault): [string, (report: ChaosReport) => number] => [
      `  ${fault}`,
      (report) => report.faults.get(fault) ?? 0,
    ]),
    ['lost', ({ lost }) => lost],
    ['duplicated', ({ duplicated }) => duplicated],
    ['out of order', ({ outOfOrder }) => outOfOrder],
    ['told, not so at the provider', ({ invented }) => invented],
    ['end never told', ({ forgotten }) => forgotten],
    ['wrong at the end', ({ wrong }) => wrong],
    ['overlapping reads, unexplained', ({ overlaps }) => overlaps],
    ['overlapping reads, all', ({ allOverlaps }) => allOverlaps],
    ['crashes', ({ crashes }) => crashes.length],
    ['change to client p50, ms', ({ latenciesMs }) => percentile(latenciesMs, 0.5)],
    ['change to client p99, ms', ({ latenciesMs }) => percentile(latenciesMs, 0.99)],
    ['  beyond the faults p99, ms', ({ beyondFaultsMs }) => percentile(beyondFaultsMs, 0.99)],
    ['  three intervals, ms', ({ intervalMs }) => 3 * intervalMs],
    ['  without faults p50, ms', ({ calmLatenciesMs }) => percentile(calmLatenciesMs, 0.5)],
    ['  without faults p99, ms', ({ calmLatenciesMs }) => percentile(calmLatenciesMs, 0.99)],
  ];
  return rows
    .map(
      ([label, figure]) => label.padEnd(32) + reports.map((one) => String(figure(one)).padStart(14)).join(''),
    )
    .join('\n');
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN;
}
