// graphql-js on one schema behind node:http, each document parsed and validated once.
import { Buffer } from 'node:buffer';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { execute, parse, validate } from 'graphql';
import { MERGED } from '../world.ts';
import { bodyOf, serve } from './serve.js';

const schema = makeExecutableSchema(MERGED);
const documents = new Map();
serve(async (request, response) => {
  const { query, variables } = JSON.parse(await bodyOf(request));
  let document = documents.get(query);
  if (!document) {
    document = parse(query);
    if (validate(schema, document).length > 0) throw new Error('the document is not valid');
    documents.set(query, document);
  }
  const answer = JSON.stringify(await execute({ schema, document, variableValues: variables }));
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(answer),
  });
  response.end(answer);
});
