import { Directive, Field, ObjectType } from 'type-graphql';
import type { Caller } from '../auth/caller.js';

/** Who calls, as every subgraph can tell. Each subgraph that has sessions adds a field for its own. */
@ObjectType()
export abstract class ViewerFields {
  @Field(() => String, { description: 'Who you are: the subject of your access token.' })
  readonly subject: string;

  @Field(() => String, {
    description:
      'The tenant you belong to. Others see nothing of it; the accounts at the providers are shared by all tenants that have none of their own.',
  })
  readonly tenant: string;

  @Field(() => [String], { description: 'What you may do, in alphabetical order.' })
  readonly scopes: readonly string[];

  constructor({ subject, tenant, scopes }: Caller) {
    this.subject = subject;
    this.tenant = tenant;
    this.scopes = [...scopes].sort();
  }
}

/** What the type is called in the schema, wherever it is declared. */
export const VIEWER = {
  description: 'You: the caller of this operation, and your sessions at the providers.',
};

/** The type in a subgraph whose provider knows no sessions. */
@Directive('@shareable')
@ObjectType('Viewer', VIEWER)
export class Viewer extends ViewerFields {}
