import { rmSync } from 'node:fs';
import { bundleServer } from './bundle-server.js';
import { rememberBundled } from './package/bundled.js';

const FOLDER = 'dist/bundle';

rmSync(FOLDER, { recursive: true, force: true });

// The product and the libraries it uses, as a few files: Node takes longer to find and open two thousand small ones
// than the product takes to start. What is imported on demand stays a file of its own.
const metafile = await bundleServer(
  {
    main: 'src/main.ts',
    // Threads start from a file of their own.
    'guardcrypto-worker': 'src/providers/guardcrypto/local/worker.ts',
    'sandbox-worker': 'src/cli/sandbox-worker.ts',
    // `sealgraph/testing`.
    testing: 'src/testing/index.ts',
  },
  FOLDER,
);
rememberBundled('server', metafile);
