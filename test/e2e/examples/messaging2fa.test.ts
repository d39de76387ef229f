import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readExamples } from '../../../src/gateway/read-examples.js';
import { followOverWebSocket } from '../../support/follow.js';
import { askGraph, startSealgraph } from '../../support/sealgraph.js';
import { temporaryDirectory } from '../../support/simulators.js';

interface Sent {
  readonly sendTwoFactorMessage: { readonly twoFactorMessage: { readonly id: string } };
}

test('every example operation of Messaging2FA can be pasted and run', async (t) => {
  const sealgraph = startSealgraph(t, ['start'], {
    PORT: '0',
    SEALGRAPH_DATA_DIR: await temporaryDirectory(t),
  });
  const url = await sealgraph.lineAfter('ready');
  const left = new Map(readExamples().map((example) => [example.name, example]));
  const take = (name: string) => {
    const example = left.get(`messaging2fa/${name}`);
    assert(example, `there is no example ${name}`);
    left.delete(example.name);
    return example;
  };
  const run = async <Data>(name: string, variables?: object): Promise<Data> => {
    const example = take(name);
    const { data, errors } = await askGraph<Data>(
      url,
      example.document,
      variables ?? example.variables ?? {},
    );
    assert.equal(errors, undefined, name);
    assert.equal(JSON.stringify(data).includes('"problem":{'), false, name);
    return data;
  };

  const { sendTwoFactorMessage } = await run<Sent>('send');
  const { id } = sendTwoFactorMessage.twoFactorMessage;
  await run('list');
  await run('person');
  await run('refresh', { input: { id } });
  await run('cancel', { input: { id } });
  let terminal = false;
  const watched = followOverWebSocket<{ twoFactorMessageChanged: { terminal: boolean } }>(
    url,
    take('watch').document,
    { id },
  );
  for await (const { data } of watched) ({ terminal } = data.twoFactorMessageChanged);
  assert.equal(terminal, true);
  assert.deepEqual(
    [...left.keys()].filter((name) => name.startsWith('messaging2fa/')),
    [],
    'examples that were not run',
  );
});
