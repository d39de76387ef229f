import { testConformance } from './conformance.js';
import { embedded } from './embedded-adapter.js';

testConformance(embedded);
