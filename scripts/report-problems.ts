/** Prints what is wrong, or that nothing is, and makes the process fail accordingly. */
export function reportProblems(problems: readonly string[], allWell: string): void {
  console.log(problems.length === 0 ? allWell : problems.join('\n'));
  process.exitCode = problems.length === 0 ? 0 : 1;
}
