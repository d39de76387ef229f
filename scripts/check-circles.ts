import { importCircles } from './import-circles.js';
import { reportProblems } from './report-problems.js';

reportProblems(
  importCircles().map((circle) => `An import circle: ${circle.join(' imports ')}.`),
  'No file imports itself, however long the way.',
);
