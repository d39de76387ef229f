import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';

const serviceSchema = z.object({
  image: z.string().default(''),
  command: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  depends_on: z.record(z.string(), z.object({ required: z.boolean().default(true) })).default({}),
  profiles: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()).optional() }).optional(),
});

/** A service as the Compose file declares it. */
export type ComposeService = z.output<typeof serviceSchema>;

const composeFile = z.object({ services: z.record(z.string(), serviceSchema) });

export interface ComposeOptions {
  /** The `--env-file`. */
  readonly envFile?: string;
  /** What stands in the shell; counts more than the file. */
  readonly variables: Readonly<Record<string, string>>;
  /** Each `--profile`. */
  readonly profiles?: readonly string[];
}

/** The services that `docker compose up` would start, in an order in which each comes after what it depends on. */
export function readComposeFile({
  envFile,
  variables,
  profiles = [],
}: ComposeOptions): Map<string, ComposeService> {
  const known = { ...(envFile ? parseEnv(readFileSync(envFile, 'utf8')) : {}), ...variables };
  const file: unknown = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true });
  const { services } = composeFile.parse(
    JSON.parse(JSON.stringify(file), (_key, value: unknown) =>
      typeof value === 'string' ? interpolate(value, known) : value,
    ),
  );
  const ordered = new Map<string, ComposeService>();
  const add = (name: string): void => {
    const service = services[name];
    if (!service) throw new Error(`There is no service ${name}.`);
    if (service.profiles.length > 0 && !service.profiles.some((one) => profiles.includes(one))) return;
    for (const [needed, { required }] of Object.entries(service.depends_on)) {
      add(needed);
      if (required && !ordered.has(needed)) throw new Error(`${name} needs ${needed}, which is not started.`);
    }
    ordered.set(name, service);
  };
  for (const name of Object.keys(services)) add(name);
  return ordered;
}

/** What the image adds to every service that is made from it. */
export interface Image {
  readonly entrypoint: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly healthcheck: readonly string[];
}

/** Reads the last stage of the Dockerfile. */
export function readDockerfile(): Image {
  const [stage = ''] = readFileSync('Dockerfile', 'utf8').replaceAll('\\\n', ' ').split('\nFROM ').slice(-1);
  const words = z.array(z.string());
  const list = (pattern: RegExp): string[] => words.parse(JSON.parse(pattern.exec(stage)?.[1] ?? ''));
  const environment = /^ENV (.*)$/m.exec(stage)?.[1] ?? '';
  return {
    entrypoint: list(/^ENTRYPOINT (.*)$/m),
    environment: Object.fromEntries(
      environment
        .split(/\s+/)
        .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    ),
    healthcheck: list(/^HEALTHCHECK .* CMD (.*)$/m),
  };
}

// ${NAME}, ${NAME:-default}, ${NAME:?what to do} and ${NAME?what to do}, one in the other too, and $$ for $, as the
// Compose specification says.
function interpolate(text: string, variables: Readonly<Record<string, string | undefined>>): string {
  const replaced = text.replace(
    /(?<!\$)\$\{(\w+)(?:(:?[-?])([^{}]*))?\}/g,
    (_all, name: string, kind?: string, rest?: string) => {
      const value = variables[name];
      if (value !== undefined && (value !== '' || kind?.startsWith(':') !== true)) return value;
      if (kind?.endsWith('?') === true) throw new Error(`${name}: ${rest ?? ''}`);
      return rest ?? '';
    },
  );
  return replaced === text ? text.replaceAll('$$', '$') : interpolate(replaced, variables);
}
