import { Directive, Field, ObjectType } from 'type-graphql';

@Directive('@shareable')
@ObjectType({ description: 'Where a page of a list stands (Relay connections).' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether `first` and `after: endCursor` would bring more.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, {
    description: 'Whether there is something before this page. Only known to be true after a cursor.',
  })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first edge; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last edge; give it as `after` for the next page.',
  })
  endCursor!: string | null;
}
