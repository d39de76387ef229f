import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { z } from 'zod';
import { subgraphs } from '../../subgraphs/index.js';
import { kubernetesProblems } from './kubernetes-problems.js';
import { renderKustomization, type Resource } from './kustomize.js';

const ROOT = 'deploy/kubernetes';
const PROVIDERS = `${ROOT}/providers`;

const folders = [
  ...readdirSync(`${ROOT}/overlays`).map((name) => `${ROOT}/overlays/${name}`),
  ...readdirSync(PROVIDERS).map((name) => `${PROVIDERS}/${name}`),
];

const deploymentSchema = z.object({
  spec: z.object({
    selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
    template: z.object({
      metadata: z.object({ labels: z.record(z.string(), z.string()) }),
      spec: z.object({
        automountServiceAccountToken: z.literal(false),
        securityContext: z.object({ runAsNonRoot: z.literal(true), runAsUser: z.number().min(1) }),
        terminationGracePeriodSeconds: z.number().min(20),
        containers: z.tuple([
          z.object({
            args: z.array(z.string()),
            envFrom: z.array(z.record(z.string(), z.object({ name: z.string() }).loose())),
            startupProbe: z.object({ httpGet: z.object({ path: z.literal('/health/live') }) }),
            livenessProbe: z.object({ httpGet: z.object({ path: z.literal('/health/live') }) }),
            readinessProbe: z.object({ httpGet: z.object({ path: z.literal('/health/ready') }) }),
            securityContext: z.object({
              allowPrivilegeEscalation: z.literal(false),
              readOnlyRootFilesystem: z.literal(true),
              capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
            }),
            resources: z.object({
              requests: z.object({ cpu: z.string(), memory: z.string() }),
              limits: z.object({ memory: z.string() }),
            }),
          }),
        ]),
      }),
    }),
  }),
});

function deploymentsOf(folder: string) {
  return renderKustomization(folder)
    .filter(({ kind }) => kind === 'Deployment')
    .map((resource) => ({ name: resource.metadata.name, ...deploymentSchema.parse(resource).spec }));
}

test('what is in deploy/kubernetes follows the published API of Kubernetes', () => {
  const resources = folders.flatMap((folder) => renderKustomization(folder));
  assert.ok(resources.length > 20);
  assert.deepEqual(kubernetesProblems(resources), []);
});

test('a field that Kubernetes does not know, a value it does not know, one of another type and a missing one are named with their object', () => {
  const right = (): Resource[] => renderKustomization(`${ROOT}/overlays/example`);
  const wrong: [from: string, to: string, problem: RegExp][] = [
    ['"readinessProbe"', '"readynessProbe"', /^Deployment gateway: .*readynessProbe/],
    ['"readOnlyRootFilesystem"', '"readonlyRootFilesystem"', /^Deployment gateway: .*readonlyRootFilesystem/],
    [
      '"maxUnavailable":1,"selector"',
      '"maxUnavailible":1,"selector"',
      /^PodDisruptionBudget gateway: .*maxUnavailible/,
    ],
    ['"podSelector"', '"podSelektor"', /^NetworkPolicy sealgraph: .*podSelektor/],
    ['"averageValue"', '"averageValu"', /^HorizontalPodAutoscaler gateway: .*averageValu/],
    ['"protocol":"TCP"', '"protocol":"TPC"', /^NetworkPolicy sealgraph: .*"TPC"/],
    ['"minReplicas":2', '"minReplicas":"2"', /^HorizontalPodAutoscaler gateway: .*string/],
    ['"pathType":"Exact",', '', /^Ingress sealgraph: .*pathType/],
  ];
  for (const [from, to, problem] of wrong) {
    const text = JSON.stringify(right());
    assert.ok(text.includes(from), from);
    const changed = JSON.parse(text.replace(from, to)) as Resource[];
    const problems = kubernetesProblems(changed);
    assert.equal(problems.length, 1, problems.join('\n'));
    assert.match(problems[0] ?? '', problem);
  }
});

test('every process in Kubernetes has its probes, limits and no rights, and what selects it meets it', () => {
  for (const folder of folders) {
    const resources = renderKustomization(folder);
    for (const { name, selector, template } of deploymentsOf(folder)) {
      const { labels } = template.metadata;
      for (const [label, value] of Object.entries(selector.matchLabels))
        assert.equal(labels[label], value, name);
      const budgets = resources.filter(({ kind }) => kind === 'PodDisruptionBudget');
      assert.ok(
        budgets.some(({ metadata }) => metadata.name === name),
        `nothing keeps ${name} from being drained whole`,
      );
    }
  }
});

test('every provider has a folder, which runs its subgraph with its own secret, and the poller knows that secret too', () => {
  assert.deepEqual(readdirSync(PROVIDERS).toSorted(), subgraphs.map(({ name }) => name).toSorted());
  const poller = deploymentsOf(`${ROOT}/base`).find(({ name }) => name === 'poller');
  const secretsOf = (deployment: typeof poller): (string | undefined)[] =>
    deployment?.template.spec.containers[0].envFrom.map((source) => source['secretRef']?.name) ?? [];
  for (const { name } of subgraphs) {
    const [deployment] = deploymentsOf(`${PROVIDERS}/${name}`);
    assert.equal(deployment?.name, `${name}-subgraph`);
    assert.deepEqual(deployment.template.spec.containers[0].args, ['subgraph', name]);
    assert.ok(secretsOf(deployment).includes(`sealgraph-${name}`));
    assert.ok(secretsOf(poller).includes(`sealgraph-${name}`));
    assert.ok(!secretsOf(poller).includes('sealgraph-tokens'));
  }
});

test('every setting of the example is one that .env.example explains, and every service it names is there', () => {
  const explained = readFileSync('.env.example', 'utf8');
  const resources = renderKustomization(`${ROOT}/overlays/example`);
  const services = resources.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name);
  const configSchema = z.object({ data: z.record(z.string(), z.string()) });
  const settings = resources
    .filter(({ kind }) => kind === 'ConfigMap')
    .flatMap((resource) => Object.entries(configSchema.parse(resource).data));
  assert.ok(settings.length > 3);
  for (const [variable, value] of settings) {
    assert.match(explained, new RegExp(`^#${variable}=`, 'm'));
    if (variable.endsWith('_SUBGRAPH_URL')) assert.ok(services.includes(new URL(value).hostname), value);
  }
});
