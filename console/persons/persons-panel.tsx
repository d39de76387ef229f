import { useState } from 'preact/hooks';
import { OnePersonDocument } from '../graph/generated.js';
import { useQuestion } from '../graph/hooks.js';
import { useSessions } from '../graph/sessions.js';
import { Action, Card, Errors, Field } from '../ui/parts.js';
import { Facts } from './facts.js';
import { giveSomethingEverywhere } from './give.js';

const KNOWN = [
  'ana+approve@example.com',
  'eve@example.com',
  'berta@example.com',
  'bo@example.com',
  'approve@example.test',
];

/** One person across five providers, by one query. */
export function PersonsPanel() {
  const { isReady, error } = useSessions('safeBoxSession', 'xqSession', 'guardSession');
  const [typed, setTyped] = useState('ana+approve@example.com');
  const [email, setEmail] = useState(typed);
  const { data, errors, reload } = useQuestion(OnePersonDocument, isReady ? { email } : null);
  const document = OnePersonDocument.toString().trim();
  const link = `/graphiql?${new URLSearchParams({ query: document, variables: JSON.stringify({ email }, null, 2) }).toString()}`;
  const person = data?.person;

  return (
    <div class="columns">
      <div>
        <Card title="Who" hint="An address is a person; each provider knows something else of them.">
          <Field label="E-mail address" value={typed} onInput={setTyped} list={KNOWN} />
          <div class="row">
            <Action
              label="Look up"
              tone="main"
              run={async () => (typed === email ? reload() : setEmail(typed))}
            />
            <Action
              label="Give them something everywhere"
              run={async () => {
                await giveSomethingEverywhere(email, person);
                reload();
              }}
            />
          </div>
          <Errors of={error === undefined ? errors : [{ message: error }]} />
        </Card>
        {person && <Facts of={person} />}
      </div>
      <div>
        <Card title="One query" hint="What this page has asked.">
          <p>
            <a class="button" href={link}>
              Open in GraphiQL
            </a>
          </p>
          <pre class="document" tabIndex={0} aria-label="The query">
            {document}
          </pre>
        </Card>
      </div>
    </div>
  );
}
