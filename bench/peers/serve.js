import process from 'node:process';
import { createServer } from 'node:http';

/** Serves on a free port of this machine and says where, as every contestant does. */
export function serve(listener, path = '/graphql') {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`http://127.0.0.1:${server.address().port}${path}\n`);
  });
}

/** The whole body of a request. */
export async function bodyOf(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

/** An Apollo Server as its own documents start it. */
export async function serveApollo(options) {
  const { ApolloServer } = await import('@apollo/server');
  const { startStandaloneServer } = await import('@apollo/server/standalone');
  const server = new ApolloServer({ includeStacktraceInErrorResponses: false, ...options });
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
  process.stdout.write(`${url}\n`);
}
