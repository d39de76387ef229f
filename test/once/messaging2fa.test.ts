import { testOnce } from './once.js';

testOnce('messaging2fa');
