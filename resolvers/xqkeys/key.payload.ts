import { Field, ID, ObjectType } from 'type-graphql';
import { readKeyText } from '../../src/providers/xqkeys/crypto/key-text.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { KEYS } from './context.js';
import { XqCipher } from './enums.js';
import { XqKey } from './key.type.js';
import { Payload } from '../../src/subgraph/payload.type.js';

@ObjectType({ description: 'Answer to a command about one key.' })
export class XqKeyPayload extends Payload {
  @Field(() => XqKey, { nullable: true, description: 'The key; null when there is a problem.' })
  xqKey?: XqKey;
}

@ObjectType({ description: 'Answer to a command about several keys.' })
export class XqKeysPayload extends Payload {
  @Field(() => [XqKey], {
    nullable: true,
    description: 'The keys, in the order of the request; null when there is a problem.',
  })
  xqKeys?: XqKey[];
}

@ObjectType({ description: 'Answer to sealing a key into a packet.' })
export class CreateXqPacketPayload extends Payload {
  @RequiresScope(KEYS)
  @Field(() => String, {
    nullable: true,
    description:
      'The packet, opaque, for `storeXqPacket`; null when there is a problem. Secret: it holds the key, sealed.',
  })
  packet?: string;
}

@ObjectType({ description: 'The text of a key.' })
export class XqKeyMaterial {
  constructor(
    locator: string,
    private readonly stored: string,
  ) {
    this.locator = locator;
  }

  @Field(() => ID, { description: 'Locator of the key.' })
  readonly locator: string;

  @Field(() => String, { description: 'The key exactly as it was stored, prefix included. Secret.' })
  get text(): string {
    return this.stored;
  }

  @Field(() => String, { description: 'The key without the prefix. Secret.' })
  get bareKey(): string {
    return readKeyText(this.stored).bareKey;
  }

  @Field(() => String, {
    nullable: true,
    description: 'The prefix that names its algorithm, such as .1; null when there is none that is known.',
  })
  get prefix(): string | null {
    return readKeyText(this.stored).prefix;
  }

  @Field(() => XqCipher, {
    nullable: true,
    description: 'The algorithm that the prefix names; null when it names none, or can mean several.',
  })
  get algorithm(): string | null {
    return readKeyText(this.stored).cipher;
  }
}

@ObjectType({ description: 'Answer to reading a key.' })
export class ReadXqKeyPayload extends Payload {
  @Field(() => XqKeyMaterial, { nullable: true, description: 'The key; null when there is a problem.' })
  material?: XqKeyMaterial;
}

@ObjectType({ description: 'Answer to reading several keys.' })
export class ReadXqKeysPayload extends Payload {
  @Field(() => [XqKeyMaterial], {
    nullable: true,
    description: 'Those that could be read; null when there is a problem.',
  })
  materials?: XqKeyMaterial[];
}
