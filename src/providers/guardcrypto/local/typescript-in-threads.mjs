// tsx takes TypeScript in the main thread alone: run from sources, each thread asks it for itself.
import { register } from 'tsx/esm/api';

register();
