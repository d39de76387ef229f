// graphql-http on one schema.
import { makeExecutableSchema } from '@graphql-tools/schema';
import { createHandler } from 'graphql-http/lib/use/http';
import { MERGED } from '../world.ts';
import { serve } from './serve.js';

serve(createHandler({ schema: makeExecutableSchema(MERGED) }));
