import { isUtf8 } from 'node:buffer';
import { GraphQLSafeInt } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Text or bytes.' })
export class GuardLocalContent {
  readonly #bytes: Buffer;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  @Field(() => GraphQLSafeInt, { description: 'How many bytes it has.' })
  get sizeBytes(): number {
    return this.#bytes.length;
  }

  @Field(() => String, { nullable: true, description: 'It as text; null when it is none (UTF-8).' })
  get text(): string | null {
    return isUtf8(this.#bytes) ? this.#bytes.toString('utf8') : null;
  }

  @Field(() => String, { description: 'It as Base64.' })
  get base64(): string {
    return this.#bytes.toString('base64');
  }
}
