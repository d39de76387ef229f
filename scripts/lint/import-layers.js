import { dirname, relative, resolve } from 'node:path';

/** What every file may import. */
const GROUND = [
  ...[
    'src/base64.ts',
    'src/clock.ts',
    'src/event-origin.ts',
    'src/owner.ts',
    'src/log.ts',
    'src/package-path.ts',
    'src/request-id.ts',
    'src/provider-error.ts',
    'src/problem-reason.ts',
    'src/check-all.ts',
    'src/check-given.ts',
    'src/passed-on.ts',
    'src/same-name.ts',
  ],
  'src/audit.ts',
  'src/call-budget.ts',
  'src/happenings.ts',
  'src/lasting-trouble.ts',
  'src/certificate-validity.ts',
  'src/rates/rates.ts',
  'src/spans.ts',
];

const SIMULATORS_APART =
  'a simulator that shares code with the client it stands against would share its mistakes';

/**
 * Who may import whom. `*` stands for one folder name and is the same folder on both sides; the first entry that fits
 * a file counts. Files that fit none (the wiring, tests, scripts) may import everything.
 */
const LAYERS = [
  {
    files: 'src/config/',
    mayImport: [],
    reason: 'configuration is read before anything else exists and knows no provider',
  },
  {
    files: 'src/simulators/kit/',
    mayImport: [],
    reason: SIMULATORS_APART,
  },
  {
    files: 'src/simulators/*/',
    mayImport: ['src/simulators/kit/'],
    reason: SIMULATORS_APART,
  },
  {
    files: 'src/simulators/',
    mayImport: [],
    reason: SIMULATORS_APART,
  },
  {
    files: 'src/providers/kit/',
    mayImport: ['src/live/watch-kind.ts', 'src/config/'],
    reason: 'the kit serves every provider and knows none',
  },
  {
    files: 'src/providers/*/',
    mayImport: ['src/providers/kit/', 'src/live/', 'src/config/'],
    reason: 'a provider client knows its wire alone: neither the graph, nor who calls, nor other providers',
  },
  {
    files: 'src/providers/index.ts',
    mayImport: ['src/providers/'],
    reason: 'the registry of providers knows nothing but them',
  },
  {
    files: 'src/redis/',
    mayImport: ['src/providers/kit/', 'src/config/'],
    reason: 'the connection to Redis does not know what is kept there',
  },
  {
    files: 'src/rates/',
    mayImport: ['src/redis/'],
    reason: 'who may go on is counted without knowing what for',
  },
  {
    files: 'src/store/',
    mayImport: ['src/redis/', 'src/providers/kit/', 'src/config/'],
    reason: 'the store keeps text and knows nothing of what it means',
  },
  {
    files: 'src/live/',
    mayImport: ['src/providers/kit/', 'src/store/', 'src/redis/', 'src/config/'],
    reason: 'a poller knows neither GraphQL nor a particular provider',
  },
  {
    files: 'src/vault/',
    mayImport: [
      ...['src/providers/kit/', 'src/store/', 'src/config/'],
      ...['src/live/ports.ts', 'src/live/canonical-json.ts'],
    ],
    reason: 'the vault seals whatever it is given',
  },
  {
    files: 'src/auth/',
    mayImport: ['src/providers/kit/', 'src/config/'],
    reason: 'who is calling is known before anything is asked for',
  },
  {
    files: 'src/http/',
    mayImport: ['src/auth/', 'src/store/', 'src/vault/', 'src/config/'],
    reason: 'what is served beside the graph gets what it shows from the wiring',
  },
  {
    files: 'src/subgraph/',
    mayImport: [
      ...['src/auth/', 'src/vault/', 'src/store/', 'src/live/', 'src/config/'],
      ...['src/providers/kit/', 'src/providers/index.ts'],
    ],
    reason: 'the kit of the subgraphs knows none of them, and providers by their registry alone',
  },
  {
    files: 'resolvers/*/',
    mayImport: [
      ...['resolvers/shared/', 'src/providers/', 'src/live/', 'src/subgraph/', 'src/auth/', 'src/store/'],
      'src/vault/',
    ],
    reason: 'a resolver translates between the graph and its provider, and is wired from above',
  },
  {
    files: 'subgraphs/',
    mayImport: [
      ...[
        'resolvers/',
        'src/providers/',
        'src/live/',
        'src/subgraph/',
        'src/auth/',
        'src/store/',
        'src/vault/',
      ],
      'src/config/',
    ],
    reason: 'a subgraph is put together from resolvers and a provider, and is wired from above',
  },
  {
    files: 'src/gateway/',
    mayImport: ['subgraphs/index.ts', 'src/subgraph/', 'src/auth/', 'src/config/'],
    reason: 'the gateway knows subgraphs by their registry and their SDL alone',
  },
  {
    files: 'src/testing/',
    mayImport: ['src/simulators/'],
    reason: 'whoever tests a client of a provider needs nothing but its simulator',
  },
  {
    files: 'src/cli/',
    mayImport: ['src/', 'subgraphs/'],
    reason: 'commands reach the graph through the registry of subgraphs',
  },
  {
    files: 'src/',
    mayImport: ['src/', 'subgraphs/index.ts'],
    butNot: ['src/simulators/'],
    reason: 'simulators are started by commands and tests alone, and subgraphs are known by their registry',
  },
];

/** Lint rule: an import of another folder must be one that the layers above allow. */
export const importLayers = {
  meta: {
    type: 'problem',
    docs: { description: 'Keeps the folders in their order.' },
    schema: [],
    messages: { forbidden: '{{folder}} must not import {{target}}: {{reason}}.' },
  },
  create(context) {
    const file = relative(context.cwd, context.filename);
    const layer = LAYERS.map((entry) => bind(entry, file)).find((entry) => entry !== undefined);
    if (!layer) return {};
    const check = ({ source }) => {
      if (typeof source?.value !== 'string' || !source.value.startsWith('.')) return;
      const target = relative(context.cwd, resolve(dirname(context.filename), source.value)).replace(
        /\.js$/,
        '.ts',
      );
      const within = (part) => target.startsWith(part);
      if (layer.mayImport.some(within) && !layer.butNot.some(within)) return;
      context.report({
        node: source,
        messageId: 'forbidden',
        data: { folder: layer.folder, target, reason: layer.reason },
      });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

/** The layer with its own folder, if the file is in it. */
function bind({ files, mayImport, butNot = [], reason }, file) {
  const folder = new RegExp(`^${files.replace('*', '[^/]+')}`).exec(file)?.[0];
  return folder && { folder, mayImport: [folder, ...GROUND, ...mayImport], butNot, reason };
}
