import { testProblems } from './problems.js';

testProblems('xqkeys');
