import { testOnce } from './once.js';

testOnce('safebox');
