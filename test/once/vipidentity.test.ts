import { testOnce } from './once.js';

testOnce('vipidentity');
