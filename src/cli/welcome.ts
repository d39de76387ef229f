import type { Sandbox } from './sandbox.js';

export interface Welcome {
  /** The GraphQL endpoint. */
  readonly url: string;
  /** Absent when real providers are behind it. */
  readonly sandbox?: Sandbox | undefined;
  /** Simulators beside real providers. */
  readonly beside?: Sandbox | undefined;
  /** Where everything is kept, in words. */
  readonly storage?: string;
  /** Whether `/` is the console. */
  readonly hasConsole?: boolean;
}

/** Says where it runs and, in sandbox mode, what to try. The first line is for programs: `ready <url>`. */
export function printWelcome({ url, sandbox, beside, storage, hasConsole = false }: Welcome): void {
  const lines = [`ready ${url}`];
  if (storage !== undefined) lines.push(`storage: ${storage}`);
  if (beside) lines.push(...besideLines(beside));
  if (sandbox) lines.push(...sandboxLines(url, sandbox, hasConsole));
  process.stdout.write(`${lines.join('\n')}\n`);
}

function sandboxLines(url: string, { simulators }: Sandbox, hasConsole: boolean): string[] {
  const page = (path: string): string => new URL(path, url).href;
  return [
    'sandbox: every provider is simulated, nothing leaves this machine',
    ...(hasConsole ? [`console: ${page('/')}`] : []),
    `graphiql: ${page('/graphiql')}`,
    'three things to try there:',
    '  1. mutation { sendTwoFactorMessage(input: { recipients: ["approve@example.test"], subject: "Hello" }) { twoFactorMessage { id } problem { message } } }',
    '  2. subscription { twoFactorMessageChanged(id: "<that id>") { sequence isTerminal twoFactorMessage { outcome recipients { userId status } } } }',
    '  3. query { person(email: "approve@example.test") { twoFactorMessages { edges { node { id state } } } } }',
    ...simulatorLines(simulators),
  ];
}

function besideLines({ simulators }: Sandbox): string[] {
  const names = simulators.map(({ name }) => name).join(', ');
  return [`simulated: ${names}: what they answer is MADE UP`, ...simulatorLines(simulators)];
}

function simulatorLines(simulators: Sandbox['simulators']): string[] {
  return simulators.map(({ name, url, controlUrl }) => `simulator ${name} ${url} control ${controlUrl}`);
}
