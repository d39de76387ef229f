import { testAnyInput } from './any.js';
import { testProblems } from './problems.js';

testProblems('messaging2fa');
testAnyInput('messaging2fa');
