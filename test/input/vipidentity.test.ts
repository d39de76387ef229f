import { testProblems } from './problems.js';

testProblems('vipidentity');
