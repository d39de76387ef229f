import { embedJson } from './embed-json.js';
import type { Example } from './example.js';

/**
 * Apollo Sandbox, told where to send operations and subscriptions, and opened with the first example. Its script comes
 * from Apollo's servers; until that is there, and where it never comes, the page says so and leads to GraphiQL.
 */
export function renderSandboxPage([example]: readonly Example[]): string {
  const initialState = {
    pollForSchemaUpdates: false,
    ...(example && { document: example.document, variables: { ...example.variables } }),
  };
  return PAGE.replace('{{state}}', () => embedJson(initialState));
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Sealgraph · Apollo Sandbox</title>
    <style>
      body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; }
      main { max-width: 36rem; margin: 4rem auto; padding: 0 1rem; }
      #sandbox { position: absolute; inset: 0; }
      #sandbox:empty { display: none; }
      iframe { width: 100%; height: 100%; border: 0; background: white; }
    </style>
  </head>
  <body>
    <main>
      <h1>Apollo Sandbox</h1>
      <p>This page loads Apollo Sandbox from Apollo's servers: it needs the internet. What you ask is still sent to this server alone.</p>
      <p>Without internet, use <a href="/graphiql">GraphiQL</a>, which this server brings along.</p>
    </main>
    <div id="sandbox"></div>
    <script>
      function openSandbox() {
        new EmbeddedSandbox({
          target: '#sandbox',
          initialEndpoint: window.location.origin + '/graphql',
          initialSubscriptionEndpoint: window.location.origin.replace(/^http/, 'ws') + '/graphql',
          endpointIsEditable: false,
          hideCookieToggle: false,
          runTelemetry: false,
          initialState: {{state}},
        });
      }
    </script>
    <script async onload="openSandbox()" src="https://embeddable-sandbox.cdn.apollographql.com/v2/embeddable-sandbox.umd.production.min.js"></script>
  </body>
</html>
`;
