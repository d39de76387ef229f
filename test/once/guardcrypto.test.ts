import { testOnce } from './once.js';

testOnce('guardcrypto');
