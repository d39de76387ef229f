import { testProblems } from './problems.js';

testProblems('safebox');
