import { testAnyInput } from './any.js';
import { testProblems } from './problems.js';

testProblems('guardcrypto');
testAnyInput('guardcrypto');
