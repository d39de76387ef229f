import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { tabsOf } from './examples.js';
import type { Example } from './examples.js';
import { createFetcher } from './fetcher.js';
import './graphiql.css';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');

const examples = JSON.parse(document.getElementById('examples')?.textContent ?? '[]') as Example[];
const tabs = tabsOf(examples);
const asked = new URLSearchParams(location.search);
const isFirstVisit = localStorage.getItem('graphiql:tabState') === null;
const [first] = tabs.tabs;
const query = asked.get('query') ?? (isFirstVisit ? first?.query : undefined);
const variables = asked.has('query') ? asked.get('variables') : isFirstVisit ? first?.variables : undefined;

createRoot(root).render(
  createElement(
    GraphiQL,
    {
      fetcher: createFetcher(tabs),
      defaultTabs: [...tabs.tabs],
      ...(query !== undefined && { query }),
      ...(variables !== undefined && { variables: variables ?? '' }),
      shouldPersistHeaders: false,
      showPersistHeadersSettings: false,
      defaultEditorToolsVisibility: true,
    },
    createElement(GraphiQL.Logo, null, createElement('a', { href: '/', className: 'home' }, 'Sealgraph')),
  ),
);
