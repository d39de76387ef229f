import { assemblePackage } from './package/assemble.js';

// npm run package: builds, and makes the folder for `npm publish`.
assemblePackage('dist/package');
