import { Field, ID, InputType, Int } from 'type-graphql';
import { IdOf } from '../../src/subgraph/id-of.js';
import { LIMITS } from '../../src/providers/xqkeys/packet.js';
import type { LifetimeUnit, PacketType } from '../../src/providers/xqkeys/packet.js';
import { CommandInput } from '../shared/command.input.js';
import { XqPacketType, XqTimeUnit } from './enums.js';

const KEY = `The key, as text, 1 to ${LIMITS.keyCharacters} characters; by convention a prefix such as .1 names its algorithm. Binary keys must be encoded. Secret: sent to the provider, never kept here.`;

@InputType({ description: 'Who may read a key, and what it is for.' })
export abstract class XqPolicyInput extends CommandInput {
  @Field(() => [String], {
    description: `Addresses, 1 to ${LIMITS.recipients}: e-mail addresses, phone numbers, \`<name>@alias.local\`, \`<id>@group.local\`, \`team@group.local\`, \`xq.public\`. You may always read.`,
  })
  recipients!: string[];

  @Field(() => String, {
    nullable: true,
    description: `Subject line, at most ${LIMITS.subjectCharacters} characters; the provider's dashboard shows it.`,
  })
  subject?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'The key vanishes after the first read by somebody else (dor).',
  })
  isDeletedOnReceipt!: boolean;
}

@InputType({ description: 'Who may read a key, until when, and what it is for.' })
export abstract class XqTimedPolicyInput extends XqPolicyInput {
  @Field(() => Int, {
    defaultValue: 24,
    description: 'For how many units of time the key can be fetched; a whole number from 1.',
  })
  lifetime!: number;

  @Field(() => XqTimeUnit, { defaultValue: XqTimeUnit.HOURS, description: 'Unit of the lifetime.' })
  lifetimeUnit!: LifetimeUnit;
}

@InputType({ description: 'A key to seal into a packet.' })
export class CreateXqPacketInput extends XqPolicyInput {
  @Field(() => String, { description: KEY })
  key!: string;

  @Field(() => Int, {
    defaultValue: 24,
    description: 'For how many hours the key can be fetched (expires_hours); a whole number from 1.',
  })
  lifetimeHours!: number;

  @Field(() => XqPacketType, { defaultValue: XqPacketType.CHAT, description: 'What the key protects.' })
  type!: PacketType;
}

@InputType({ description: 'A packet to store.' })
export class StoreXqPacketInput extends CommandInput {
  @Field(() => String, { description: 'The packet, as `createXqPacket` answered it. Secret.' })
  packet!: string;
}

@InputType({ description: 'A key to store.' })
export class CreateXqKeyInput extends XqTimedPolicyInput {
  @Field(() => String, { description: KEY })
  key!: string;

  @Field(() => XqPacketType, { defaultValue: XqPacketType.MESSAGE, description: 'What the key protects.' })
  type!: PacketType;

  @Field(() => [String], { defaultValue: [], description: 'Labels.' })
  labels!: string[];
}

@InputType({ description: 'Keys to store under one policy.' })
export class CreateXqKeysInput extends XqTimedPolicyInput {
  @Field(() => [String], {
    description: `1 to ${LIMITS.keys} keys; equal ones are stored each for itself. ${KEY}`,
  })
  keys!: string[];

  @Field(() => XqPacketType, { defaultValue: XqPacketType.DATABASE, description: 'What the keys protect.' })
  type!: PacketType;

  @Field(() => String, { nullable: true, description: 'Free text (meta).' })
  note?: string | null;
}

@InputType({ description: 'Which key.' })
export class XqKeyInput extends CommandInput {
  @IdOf('XqKey')
  @Field(() => ID, { description: 'Locator of the key.' })
  locator!: string;
}

@InputType({ description: 'Which keys.' })
export class XqKeysInput extends CommandInput {
  @IdOf('XqKey')
  @Field(() => [ID], { description: `Locators, 1 to ${LIMITS.keys}.` })
  locators!: string[];
}

@InputType({ description: 'Which key, and for whom.' })
export class XqKeyRecipientsInput extends XqKeyInput {
  @Field(() => [String], { description: `Addresses, 1 to ${LIMITS.recipients}.` })
  recipients!: string[];
}

@InputType({ description: 'Which key, and more labels for it.' })
export class AddXqKeyLabelsInput extends XqKeyInput {
  @Field(() => [String], {
    description: `Labels besides those it has, 1 to ${LIMITS.labels} at once, none of them blank.`,
  })
  labels!: string[];
}
