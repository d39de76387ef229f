import DataLoader from 'dataloader';
import { Kind } from 'graphql';
import type { FieldNode, GraphQLResolveInfo, SelectionNode } from 'graphql';
import type { Subgraph } from '../../subgraph/subgraph.js';

/** Gives each subgraph's resolvers their context. */
export interface ContextSource {
  contextOf(subgraph: Subgraph): object;
}

/** An entity to be found. */
export interface WantedEntity {
  /** Its key fields, as `_entities` takes them. */
  readonly representation: Readonly<Record<string, unknown>>;
  /** Fields that are asked for of it; those of its siblings may still be added in the same tick. */
  readonly fields: ReadonlySet<SelectionNode>;
  /** Of one of those fields. */
  readonly info: GraphQLResolveInfo;
}

interface KeyedEntity extends WantedEntity {
  /** The same for the same representation. */
  readonly key: string;
}

/**
 * Finds entities of one type in one subgraph, as a gateway asks it for them: all that are wanted in one tick at once,
 * and each once per place in the answer. (In another place, other fields of it are asked for.)
 */
export class EntityLoader {
  readonly #subgraph: Subgraph;
  readonly #typename: string;
  readonly #scope: ContextSource;
  readonly #loader: DataLoader<KeyedEntity, unknown, string>;

  constructor(subgraph: Subgraph, typename: string, scope: ContextSource) {
    this.#subgraph = subgraph;
    this.#typename = typename;
    this.#scope = scope;
    this.#loader = new DataLoader((wanted) => this.#find(wanted), {
      cacheKeyFn: ({ info, key }) => `${placeOf(info)}\n${key}`,
    });
  }

  /** Null for one that the subgraph does not know. */
  find(wanted: WantedEntity): Promise<unknown> {
    return this.#loader.load({ ...wanted, key: JSON.stringify(wanted.representation) });
  }

  async #find(wanted: readonly KeyedEntity[]): Promise<ArrayLike<unknown>> {
    const { schema, name } = this.#subgraph;
    const field = schema.getQueryType()?.getFields()['_entities'];
    const [first] = wanted;
    if (!field?.resolve || !first) throw new Error(`subgraph ${name} has no entities`);
    const fields = new Set(wanted.flatMap((entity) => [...entity.fields]));
    const info: GraphQLResolveInfo = {
      ...first.info,
      fieldName: field.name,
      fieldNodes: [entitiesNode(this.#typename, [...fields])],
      returnType: field.type,
      schema,
    };
    const unique = new Map(wanted.map(({ key, representation }) => [key, representation]));
    const representations = [...unique.values()];
    const found: unknown = await field.resolve(
      undefined,
      { representations },
      this.#scope.contextOf(this.#subgraph),
      info,
    );
    const entities: readonly unknown[] = Array.isArray(found) ? found : [];
    const byKey = new Map([...unique.keys()].map((key, index) => [key, entities[index]]));
    return wanted.map(({ key }) => byKey.get(key));
  }
}

/** As a planner would write it, for resolvers that read only what is asked for. */
function entitiesNode(typename: string, selections: readonly SelectionNode[]): FieldNode {
  const name = (value: string) => ({ kind: Kind.NAME, value }) as const;
  const typeCondition = { kind: Kind.NAMED_TYPE, name: name(typename) } as const;
  const onType = {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition,
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  } as const;
  return {
    kind: Kind.FIELD,
    name: name('_entities'),
    selectionSet: { kind: Kind.SELECTION_SET, selections: [onType] },
  };
}

/** Where in the answer, whatever the indexes of lists. */
function placeOf({ path }: GraphQLResolveInfo): string {
  let place = '';
  for (let step = path.prev; step; step = step.prev)
    if (typeof step.key === 'string') place = `${step.key}.${place}`;
  return place;
}
