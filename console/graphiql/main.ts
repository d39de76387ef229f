import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { makeAccessible } from './accessibility.js';
import { tabsOf } from './examples.js';
import type { Example } from './examples.js';
import { createFetcher } from './fetcher.js';
import { storage } from './storage.js';
import './graphiql.css';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');

const examples = JSON.parse(document.getElementById('examples')?.textContent ?? '[]') as Example[];
const tabs = tabsOf(examples);
const asked = new URLSearchParams(location.search);
const isFirstVisit = localStorage.getItem('graphiql:tabState') === null;
const wanted = asked.get('query');
const opened =
  wanted === null ? tabs.tabs : [{ query: wanted, variables: asked.get('variables') }, ...tabs.tabs];
// The tabs alone would leave the first one without its variables; on later visits its own tabs are there.
const first = wanted !== null || isFirstVisit ? opened[0] : undefined;

makeAccessible(root);
createRoot(root).render(
  createElement(
    GraphiQL,
    {
      fetcher: createFetcher(tabs),
      defaultTabs: [...opened],
      ...(first && { query: first.query, variables: first.variables ?? '' }),
      storage,
      shouldPersistHeaders: false,
      showPersistHeadersSettings: false,
      defaultEditorToolsVisibility: true,
    },
    createElement(
      GraphiQL.Logo,
      null,
      createElement('h1', null, createElement('a', { href: '/', className: 'home' }, 'Sealgraph')),
    ),
  ),
);
