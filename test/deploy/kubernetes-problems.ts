import { join } from 'node:path';
import ts from 'typescript';
import type { Resource } from './kustomize.js';

const FILE = join(process.cwd(), 'test/deploy/manifests.ts');

/**
 * One sentence for everything in Kubernetes objects that the published API does not have: fields and values it does not
 * know, values of another type, and what is missing. The types are made from the API's own OpenAPI document.
 */
export function kubernetesProblems(resources: readonly Resource[]): string[] {
  const lines = resources.map(({ apiVersion, kind, ...rest }, at) => {
    const type = `import('kubernetes-models/${apiVersion}/${kind}').I${kind}`;
    return `export const r${at}: ${type} = ${JSON.stringify({ apiVersion, kind, ...rest }, undefined, 1)};`;
  });
  const text = lines.join('\n');
  const options: ts.CompilerOptions = {
    ...{ noEmit: true, strict: true, skipLibCheck: true, types: [], lib: ['lib.es2022.d.ts'] },
    ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === FILE || fileExists(name);
  host.getSourceFile = (name, ...more) =>
    name === FILE
      ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true)
      : getSourceFile.call(host, name, ...more);
  const program = ts.createProgram([FILE], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const before = text.slice(0, start);
    const at = before.split('\n').filter((line) => line.startsWith('export const')).length - 1;
    const { kind, metadata } = resources[at] ?? {};
    const where = file?.fileName === FILE ? `${kind} ${metadata?.name}` : 'The types';
    return `${where}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
