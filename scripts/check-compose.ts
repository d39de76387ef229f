import { readFileSync } from 'node:fs';
import { composeProblems } from './compose-problems.js';
import { reportProblems } from './report-problems.js';

const FILE = 'docker-compose.yml';

reportProblems(
  composeProblems(readFileSync(FILE, 'utf8')).map((problem) => `${FILE}: ${problem}`),
  `${FILE} follows the Compose specification.`,
);
