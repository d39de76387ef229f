import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ESLint } from 'eslint';

const eslint = new ESLint({ overrideConfigFile: 'scripts/lint/house-rules.js' });

async function complaints(filePath: string, source: string): Promise<string[]> {
  const results = await eslint.lintText(source, { filePath });
  return results.flatMap(({ messages }) => messages.map(({ message }) => message));
}

describe('the order of the folders', () => {
  const forbidden: [string, string, RegExp][] = [
    [
      'src/providers/safebox/client.ts',
      "import '../../gateway/index.js';",
      /a provider client knows its wire alone/,
    ],
    ['src/providers/safebox/client.ts', "import '../xqkeys/client.js';", /knows its wire alone/],
    ['src/providers/kit/http.ts', "import '../safebox/client.js';", /the kit serves every provider/],
    ['src/live/poller.ts', "export * from '../subgraph/subgraph.js';", /a poller knows neither GraphQL/],
    ['src/live/poller.ts', "void import('../../resolvers/safebox/box.resolver.js');", /a poller knows/],
    ['src/simulators/safebox/server.ts', "import '../../providers/safebox/wire.js';", /share its mistakes/],
    ['src/simulators/index.ts', "import '../config/index.js';", /share its mistakes/],
    ['src/config/limits.ts', "import '../providers/safebox/settings.js';", /knows no provider/],
    ['resolvers/safebox/box.resolver.ts', "import '../xqkeys/key.type.js';", /translates between the graph/],
    ['resolvers/safebox/box.resolver.ts', "import '../../src/gateway/index.js';", /translates between/],
    ['src/gateway/serve.ts', "import '../../subgraphs/safebox.js';", /by their registry/],
    ['src/app.ts', "import './simulators/index.js';", /started by commands and tests alone/],
  ];
  for (const [file, source, reason] of forbidden) {
    it(`keeps ${file} from ${source}`, async () => {
      const [first = ''] = await complaints(file, source);
      assert.match(first, reason);
    });
  }

  it('allows what points downwards, and everything to the wiring', async () => {
    const allowed: [string, string][] = [
      [
        'src/providers/safebox/client.ts',
        "import '../kit/http-client.js'; import '../../live/watch-kind.js'; import './wire.js';",
      ],
      ['src/simulators/safebox/server.ts', "import '../kit/simulator.js'; import '../../clock.js';"],
      [
        'resolvers/safebox/box.resolver.ts',
        "import '../shared/problem.type.js'; import '../../src/live/engine.js';",
      ],
      ['src/gateway/serve.ts', "import '../../subgraphs/index.js'; import '../auth/caller.js';"],
      ['src/cli/start.ts', "import '../simulators/index.js'; import '../app.js';"],
      ['src/app.ts', "import './gateway/index.js'; import '../subgraphs/index.js';"],
    ];
    for (const [file, source] of allowed) assert.deepEqual(await complaints(file, source), [], file);
  });
});

describe('house rules', () => {
  it('keep graphql out of what is below the graph', async () => {
    for (const folder of ['src/providers/safebox', 'src/live', 'src/store', 'src/simulators/safebox']) {
      for (const name of [
        'graphql',
        'graphql-ws',
        'type-graphql',
        '@apollo/server',
        '@graphql-tools/utils',
      ]) {
        const [first = ''] = await complaints(`${folder}/a.ts`, `import '${name}';`);
        assert.match(first, /does not know it/, `${folder} ${name}`);
      }
    }
    assert.deepEqual(await complaints('src/gateway/a.ts', "import 'graphql';"), []);
  });

  it('let src/config alone read the environment', async () => {
    for (const source of ['void process.env;', "import { env } from 'node:process'; void env;"]) {
      const [first = ''] = await complaints('src/gateway/a.ts', source);
      assert.match(first, /Only src\/config reads the environment/);
      assert.deepEqual(await complaints('src/config/a.ts', source), []);
    }
  });

  it('let no expression take longer than its text is long', async () => {
    for (const expression of ['/(a+)+$/', '/^\\s*(.*?)\\s*$/', '/\\/+$/'])
      for (const file of ['src/gateway/a.ts', 'resolvers/safebox/a.ts', 'subgraphs/a.ts'])
        assert.match(
          (await complaints(file, `void ${expression};`)).join(),
          /runtime|backtracking/,
          expression,
        );
    for (const expression of ['/^a+$/', '/(?<!\\/)\\/+$/', '/^[a-z]+:[0-9]+$/'])
      assert.deepEqual(await complaints('src/gateway/a.ts', `void ${expression};`), [], expression);
  });

  it('let no expression begin again and again in what it repeats', async () => {
    for (const expression of [
      '/ Did you mean .+\\?$/',
      '/Did .*?\\?/s',
      '/<!--[^]*-->/',
      '/(?:name|id)="([^"]|=")+;/',
      '/ab(?:c|[a-z])+(d)?$/i',
      '/^ab[^c]*c/m',
      "new RegExp('Did you mean .+[?]$')",
    ])
      assert.match(
        (await complaints('src/gateway/a.ts', `void ${expression};`)).join(),
        /quadratic/,
        expression,
      );
    for (const expression of [
      '/^Did you mean .+\\?$/',
      '/ Did you mean .{1,80}\\?$/',
      '/ Did you mean .+/',
      '/^ab.*c/m',
      '/ab[^ab]*c/',
      '/ab.*c/y',
    ])
      assert.deepEqual(await complaints('src/gateway/a.ts', `void ${expression};`), [], expression);
  });

  it('let commands alone print', async () => {
    const [first = ''] = await complaints('src/live/a.ts', "console.log('x');");
    assert.match(first, /console/);
    assert.deepEqual(await complaints('src/cli/a.ts', "console.log('x');"), []);
  });
});
