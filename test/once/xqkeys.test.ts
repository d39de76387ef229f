import { testOnce } from './once.js';

testOnce('xqkeys');
