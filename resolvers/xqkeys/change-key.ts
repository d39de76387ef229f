import { checkAll } from '../../src/check-all.js';
import { checkSegments } from '../../src/providers/kit/path.js';
import type { Access } from '../../src/providers/xqkeys/access.js';
import type { RungPerson } from '../../src/subgraph/rings.js';
import { command } from '../../src/subgraph/command.js';
import type { CommandArguments } from '../../src/subgraph/command.js';
import type { XqkeysContext } from './context.js';
import type { XqKeyPayload, XqKeysPayload } from './key.payload.js';
import type { KnownKey } from './key.service.js';
import { XqKey } from './key.type.js';

/** The steps of a `command()` in the caller's session. */
export interface KeySteps<Prepared, Sent, Kept> {
  /** Checks what was entered. */
  readonly prepare?: () => Prepared;
  /** Whose attention it takes, or `NOBODY`. */
  readonly rings: (access: Access, prepared: Prepared) => readonly RungPerson[];
  readonly effect: (access: Access, prepared: Prepared) => Promise<Sent>;
  readonly identify?: (sent: Sent) => string;
  readonly after: (sent: Sent, prepared: Prepared, access: Access, at: number) => Promise<Kept>;
}

/** A command about one key, which its payload shows. */
export function changeKey<Sent, Prepared = undefined>(
  context: XqkeysContext,
  operation: string,
  input: CommandArguments,
  steps: KeySteps<Prepared, Sent, KnownKey>,
): Promise<XqKeyPayload> {
  return change(context, operation, input, steps, (key) => ({ xqKey: new XqKey(key) }));
}

/** A command about several keys. */
export function changeKeys<Sent, Prepared = undefined>(
  context: XqkeysContext,
  operation: string,
  input: CommandArguments,
  steps: KeySteps<Prepared, Sent, readonly KnownKey[]>,
): Promise<XqKeysPayload> {
  return change(context, operation, input, steps, (keys) => ({ xqKeys: keys.map((key) => new XqKey(key)) }));
}

function change<Prepared, Sent, Kept, Payload extends object>(
  context: XqkeysContext,
  operation: string,
  input: CommandArguments & { readonly locator?: string },
  { prepare, rings, effect, identify, after }: KeySteps<Prepared, Sent, Kept>,
  answer: (kept: Kept) => Payload,
) {
  return command(context, operation, input, {
    prepare: async () => {
      // Without that step there is nothing to hand on.
      const [prepared] = checkAll([
        () => prepare?.() as Prepared,
        () => checkSegments({ locator: input.locator }),
      ]);
      return { prepared, access: await context.services.sessions.access(context) };
    },
    rings: ({ access, prepared }) => rings(access, prepared),
    effect: ({ access, prepared }) => effect(access, prepared),
    ...(identify && { identify }),
    after: (sent, { access, prepared }, at) => after(sent, prepared, access, at),
    answer,
  });
}
