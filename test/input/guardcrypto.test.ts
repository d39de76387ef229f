import { testProblems } from './problems.js';

testProblems('guardcrypto');
