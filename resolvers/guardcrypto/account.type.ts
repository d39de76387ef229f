import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { CallsProvider } from '../../src/subgraph/cost.js';
import type { GuardAccount as Account } from '../../src/providers/guardcrypto/account.js';
import type { Access, CryptoType } from '../../src/providers/guardcrypto/access.js';
import type { AuthState } from '../../src/providers/guardcrypto/auth-word.js';
import { personOf } from '../../src/subgraph/person.js';
import type { GuardContext } from './context.js';
import { GuardCryptoType, GuardKeyState } from './enums.js';
import { Person } from './person.type.js';

@ObjectType({ description: 'A language the provider knows.' })
export class GuardLanguage {
  @Field(() => String, { description: 'Locale, such as `de_DE`.' })
  readonly locale!: string;

  @Field(() => String, { description: 'Its name.' })
  readonly name!: string;
}

@ObjectType({ description: 'What the provider has set for you (LoginSettings).' })
export class GuardSettings {
  @Field(() => Boolean, {
    name: 'isEncryptedByDefault',
    description: 'New mails are encrypted unless you say otherwise (pgpdefault).',
  })
  readonly encryptsByDefault!: boolean;

  @Field(() => Boolean, {
    name: 'isSignedByDefault',
    description: 'New mails are signed unless you say otherwise (pgpsign).',
  })
  readonly signsByDefault!: boolean;

  @Field(() => Boolean, {
    name: 'isInlineByDefault',
    description: 'PGP stands within the text of mails (inline).',
  })
  readonly inlineByDefault!: boolean;

  @Field(() => Boolean, {
    name: 'isPrivateKeyDeletionForbidden',
    description: 'Private keys cannot be deleted (noDeletePrivate).',
  })
  readonly forbidsDeletingPrivateKeys!: boolean;

  @Field(() => Boolean, {
    name: 'isRecoveryForbidden',
    description: 'Lost passwords cannot be recovered (noRecovery).',
  })
  readonly forbidsRecovery!: boolean;

  @Field(() => Boolean, {
    name: 'isRecoveryDeletionForbidden',
    description: 'The means of recovery cannot be deleted (noDeleteRecovery).',
  })
  readonly forbidsDeletingRecovery!: boolean;

  @Field(() => Int, { nullable: true, description: 'Characters a password has at the least.' })
  readonly minPasswordLength!: number | null;

  @Field(() => Int, { nullable: true, description: 'Characters of passwords the provider makes.' })
  readonly generatedPasswordLength!: number | null;
}

@ObjectType({ description: 'Which halves of keys, or certificates, somebody has (KeyPresence).' })
export class GuardKeyPresence {
  @Field(() => Boolean, { description: 'At least one private key.' })
  readonly hasPrivateKey!: boolean;

  @Field(() => Boolean, { description: 'At least one public key.' })
  readonly hasPublicKey!: boolean;
}

@ObjectType({ description: 'You at OX Guard (LoginResponse); no password is checked for it.' })
export class GuardAccount {
  constructor(
    private readonly access: Access,
    private readonly cryptoType: CryptoType,
    private readonly account: Account,
  ) {}

  @Field(() => GuardCryptoType, { description: 'Of which kind of keys this speaks.' })
  get type(): CryptoType {
    return this.cryptoType;
  }

  @Field(() => String, { nullable: true, description: 'Name of the server.' })
  get server(): string | null {
    return this.account.server;
  }

  @Field(() => Int, { description: 'Number of your context (cid).' })
  get contextId(): number {
    return this.account.contextId;
  }

  @Field(() => String, { description: 'Your address.' })
  get primaryEmail(): string {
    return this.account.primaryEmail;
  }

  @Field(() => Person, { nullable: true, description: 'You, as every provider knows you.' })
  get person(): Person | null {
    return personOf(this.account.primaryEmail);
  }

  @Field(() => GuardKeyState, { description: 'How it stands with your key.' })
  get state(): AuthState {
    return this.account.state;
  }

  @Field(() => Boolean, { description: 'Whether a lost password can be replaced (recoveryAvail).' })
  get isRecoveryAvailable(): boolean {
    return this.account.recoveryAvailable;
  }

  @Field(() => Boolean, {
    description: 'Whether the server gives a key to encrypt passwords for it (pubKey).',
  })
  get hasPasswordEncryption(): boolean {
    return this.account.encryptsPasswords;
  }

  @Field(() => [GuardLanguage], { description: 'Languages for mails to guests (lang).' })
  get languages(): GuardLanguage[] {
    return Object.entries(this.account.languages).map(([locale, name]) => ({ locale, name }));
  }

  @Field(() => GuardSettings, { nullable: true, description: 'What is set for you.' })
  get settings(): GuardSettings | null {
    return this.account.settings;
  }

  @CallsProvider()
  @Field(() => String, {
    nullable: true,
    description:
      'Address to which a new password is sent when the old one is lost (secondary); null when none.',
  })
  secondaryEmail(@Ctx() { services }: GuardContext): Promise<string | null> {
    return services.client.accounts.secondaryEmail(this.access, this.cryptoType);
  }

  @CallsProvider()
  @Field(() => GuardKeyPresence, {
    nullable: true,
    description: 'Whether you have keys, or certificates for SMIME (hasKeys of either module).',
  })
  keyPresence(@Ctx() { services }: GuardContext): Promise<GuardKeyPresence> {
    return services.client.accounts.keyPresence(this.access, this.cryptoType);
  }
}
