import { testProblems } from './problems.js';

testProblems('messaging2fa');
