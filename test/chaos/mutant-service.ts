import { mutate } from './mutate.js';

// A service of a mutant: as `service.ts`, which is loaded once the changes are in place.
mutate(process.argv[5] ?? '');
await import('./service.js');
