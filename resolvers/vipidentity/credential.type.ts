import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';
import type { BoundCredential, CredentialInfo, KeyValue } from '../../src/providers/vipidentity/model.js';
import { personOf } from '../../src/subgraph/person.js';
import { VipAttribute } from './attribute.type.js';
import { VipBinding, VipToken, VipTokenCategory } from './binding.type.js';
import { knownOr, VipCredentialStatus, VipCredentialType, VipUserStatus } from './enums.js';
import { Person } from './person.type.js';

interface CredentialFacts {
  readonly credentialId: string;
  readonly credentialType: string;
  readonly status: string | null;
  readonly pushAttributes: readonly KeyValue[];
}

@ObjectType({ description: 'What is known of any credential.' })
abstract class CredentialFields {
  protected constructor(private readonly facts: CredentialFacts) {}

  @Field(() => ID, { description: 'Serial number of a token, digits of a phone number, or id of a device.' })
  get credentialId(): string {
    return this.facts.credentialId;
  }

  @Field(() => VipCredentialType, { description: 'What kind it is.' })
  get type(): string {
    return knownOr(VipCredentialType, this.facts.credentialType);
  }

  @Field(() => String, { description: "The provider's word for the type." })
  get providerType(): string {
    return this.facts.credentialType;
  }

  @Field(() => VipCredentialStatus, {
    nullable: true,
    description: 'Whether it can be used; null when not told.',
  })
  get status(): string | null {
    return this.facts.status === null ? null : knownOr(VipCredentialStatus, this.facts.status);
  }

  @Field(() => String, { nullable: true, description: "The provider's word for the status." })
  get providerStatus(): string | null {
    return this.facts.status;
  }

  @Field(() => [VipAttribute], {
    description: 'What its app can do, such as PUSH_ENABLED; empty for what no push can reach.',
  })
  get pushAttributes(): readonly VipAttribute[] {
    return this.facts.pushAttributes;
  }

  @Field(() => Boolean, { description: 'Whether its app takes pushes now (PUSH_ENABLED).' })
  isPushEnabled(): boolean {
    return this.facts.pushAttributes.some(({ key, value }) => key === 'PUSH_ENABLED' && value === 'true');
  }
}

@ObjectType({ description: 'One of the credentials of a user (credentialBindingDetail of getUserInfo).' })
export class VipUserCredential extends CredentialFields {
  constructor(private readonly credential: BoundCredential) {
    super(credential);
  }

  @Field(() => VipBinding, { description: 'How the user holds it.' })
  get binding(): VipBinding {
    return new VipBinding(this.credential.binding);
  }

  @Field(() => VipTokenCategory, { nullable: true, description: 'What sort of token it is; VIP 1.8 alone.' })
  get tokenCategory(): VipTokenCategory | null {
    return this.credential.tokenCategory && new VipTokenCategory(this.credential.tokenCategory);
  }

  @Field(() => VipToken, { nullable: true, description: 'The token behind it; VIP 1.8 alone.' })
  get token(): VipToken | null {
    return this.credential.token && new VipToken(this.credential.token);
  }
}

@ObjectType({ description: 'A user who holds a credential (userBindingDetail).' })
export class VipCredentialUser {
  constructor(private readonly user: CredentialInfo['users'][number]) {}

  @Field(() => ID, { description: 'Id of the user.' })
  get userId(): string {
    return this.user.userId;
  }

  @Field(() => VipUserStatus, { description: 'Status of the user.' })
  get status(): string {
    return knownOr(VipUserStatus, this.user.status);
  }

  @Field(() => String, { description: "The provider's word for the status." })
  get providerStatus(): string {
    return this.user.status;
  }

  @Field(() => VipBinding, { description: 'How the user holds the credential.' })
  get binding(): VipBinding {
    return new VipBinding(this.user.binding);
  }

  @Field(() => Person, { nullable: true, description: 'The person, when the id is an e-mail address.' })
  get person(): Person | null {
    return personOf(this.user.userId);
  }
}

@Identified<VipCredential>(({ account, providerType, credentialId }) => [
  account ?? '',
  providerType,
  credentialId,
])
@ObjectType({ description: 'A credential with everybody who holds it (getCredentialInfo).' })
export class VipCredential extends CredentialFields {
  constructor(
    private readonly credential: CredentialInfo,
    readonly account: string | null,
  ) {
    super(credential);
  }

  @Field(() => Int, { description: 'How many users hold it (numBindings).' })
  get bindingCount(): number {
    return this.credential.bindingCount;
  }

  @Field(() => [VipCredentialUser], { description: 'Who holds it.' })
  get users(): VipCredentialUser[] {
    return this.credential.users.map((user) => new VipCredentialUser(user));
  }
}
