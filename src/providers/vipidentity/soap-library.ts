// Named imports of a CommonJS package are found by every way this code is run; those of an `import()` are not.
export { createClientAsync } from 'soap';
