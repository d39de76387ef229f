import { duplicateProblems } from './duplicate-packages.js';
import { readInstalledPackages } from './installed-packages.js';
import { reportProblems } from './report-problems.js';

reportProblems(duplicateProblems(readInstalledPackages('.')), 'Every package that must be single is.');
