import { readInstalledPackages } from './installed-packages.js';
import { licenceProblems } from './licences.js';
import { reportProblems } from './report-problems.js';

const packages = readInstalledPackages('.');
const count = packages.filter(({ isDev }) => !isDev).length;
reportProblems(licenceProblems(packages), `All ${count} production packages have an allowed licence.`);
