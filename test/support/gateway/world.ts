import { addResolversToSchema } from '@graphql-tools/schema';
import { buildASTSchema, GraphQLError, GraphQLScalarType, isObjectType, Kind, parse } from 'graphql';
import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import { selectedPaths } from '../../../resolvers/shared/selected-paths.js';
import { translateErrors } from '../../../src/subgraph/errors.js';
import { federate } from '../../../src/subgraph/federate.js';
import type { References } from '../../../src/subgraph/federate.js';
import type { Subgraph, SubgraphCall } from '../../../src/subgraph/subgraph.js';
import { CountedSource } from './source.js';

type Resolver = GraphQLFieldResolver<Record<string, unknown>, SubgraphCall>;
type Resolvers = Readonly<
  Record<string, Readonly<Record<string, Resolver | { subscribe: Resolver; resolve: Resolver }>>>
>;

/** A federated subgraph from SDL and plain resolvers. */
export function subgraphOf(
  name: string,
  typeDefs: string,
  resolvers: Resolvers,
  references: References<SubgraphCall>,
  onCall: (call: SubgraphCall) => void = () => undefined,
  leaves: Readonly<Record<string, GraphQLScalarType | Record<string, string>>> = {},
): Subgraph {
  const base = buildASTSchema(parse(typeDefs), { assumeValidSDL: true });
  addResolversToSchema({ schema: base, resolvers: leaves, updateResolversInPlace: true });
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const type = base.getType(typeName);
    if (!isObjectType(type)) throw new Error(`${typeName} is no object type`);
    for (const [fieldName, resolver] of Object.entries(fields)) {
      const field = type.getFields()[fieldName];
      if (!field) throw new Error(`${typeName}.${fieldName} does not exist`);
      if (typeof resolver === 'function') field.resolve = resolver;
      else Object.assign(field, resolver);
    }
  }
  const federated = federate(base, references);
  translateErrors(federated.schema);
  return {
    name,
    ...federated,
    contextFor(call) {
      onCall(call);
      return { ...call };
    },
  };
}

export interface Message {
  readonly id: string;
  readonly text: string | null;
  readonly to: string;
  readonly sequence: number;
}

/** Three subgraphs that join `Person`, with everything a test needs to steer and to count. */
export class World {
  /** By email; a person missing in `accounts` has no balance, which is required. */
  readonly names = new Map<string, string>([
    ['ann@example.org', 'Ann'],
    ['bob@example.org', 'Bob'],
  ]);
  readonly balances = new Map<string, number>([
    ['ann@example.org', 10],
    ['bob@example.org', 20],
  ]);
  readonly messages: Message[] = [
    { id: '1', text: 'hello', to: 'ann@example.org', sequence: 1 },
    { id: '2', text: 'hi', to: 'bob@example.org', sequence: 1 },
  ];
  /** Events of `messageChanged`. */
  readonly changes = new CountedSource<Message>();
  readonly calls: { subgraph: string; call: SubgraphCall }[] = [];
  /** What reference resolvers were told is asked for, by subgraph: once per call. */
  readonly asked: { subgraph: string; keys: unknown[]; paths: string[] }[] = [];
  /** How often `viewer` was resolved, by subgraph. */
  readonly viewers: string[] = [];
  /** Set to make every resolver of that subgraph throw. */
  readonly broken = new Map<string, Error>();
  /** Set to make it refuse to find a message by its key. */
  refused: GraphQLError | undefined;
  /** Awaited by `Query.slow`. */
  gate: Promise<void> = Promise.resolve();
  sent = 0;

  subgraphs(): Subgraph[] {
    return [this.#messages(), this.#directory(), this.#accounts()];
  }

  #check(subgraph: string): void {
    const error = this.broken.get(subgraph);
    if (error) throw error;
  }

  #note(subgraph: string): (call: SubgraphCall) => void {
    return (call) => void this.calls.push({ subgraph, call });
  }

  #messages(): Subgraph {
    const find: Resolver = (_source, { id }: { id: string }) => {
      this.#check('messages');
      return this.messages.find((message) => message.id === id) ?? null;
    };
    return subgraphOf(
      'messages',
      /* GraphQL */ `
        type Query {
          "All messages."
          messages: [Message]
          requiredMessages: [Message!]!
          message(id: ID!): Message
          things: [Thing]
          slow: String
          fails(how: Failure!): String
          me: String!
          echo(text: String!, colour: Colour): String
          paint(colour: Colour = GREEN): Colour
          later(stamp: Stamp!): Stamp
          viewer: Viewer! @shareable
        }
        type Viewer {
          subject: String! @shareable
          sent: Int!
        }
        "A whole number of minutes, such as 5m."
        scalar Stamp
        enum Failure {
          PLAIN
          CODED
          HOSTILE
        }
        enum Colour {
          RED
          GREEN
        }
        type Mutation {
          send(text: String!, to: ID!): Message!
        }
        type Subscription {
          messageChanged(id: ID!, after: String): Message
          ticks(count: Int!): Int!
        }
        union Thing = Message | Note
        type Note {
          text: String!
        }
        "A message to a person."
        type Message @key(fields: "id") {
          id: ID!
          text: String
          to: Person!
          sequence: Int!
        }
        type Person @key(fields: "email") {
          email: ID!
          messages: [Message!]
        }
      `,
      {
        Query: {
          messages: () => {
            this.#check('messages');
            return this.messages;
          },
          requiredMessages: () => {
            this.#check('messages');
            return this.messages;
          },
          message: find,
          things: () => [
            { __typename: 'Note', text: 'a note' },
            ...this.messages.map((message) => ({ __typename: 'Message', ...message })),
          ],
          slow: async () => {
            await this.gate;
            return 'done';
          },
          fails: (_source, { how }: { how: string }) => {
            if (how === 'PLAIN') throw new Error('connect ECONNREFUSED db.internal:5432 password=hunter2');
            if (how === 'CODED')
              throw new GraphQLError('No such thing.', { extensions: { code: 'NOT_FOUND' } });
            throw new GraphQLError('at host db.internal', {
              extensions: { code: 'WHATEVER', stacktrace: ['at db.internal'], host: 'db.internal' },
            });
          },
          me: (_source, _args, { caller }) => caller.subject,
          echo: (_source, { text }: { text: string }) => text,
          // Inside, a colour is a letter and a stamp is a number.
          paint: (_source, { colour }: { colour: string }) =>
            ['r', 'g'].includes(colour) ? colour : new Error(`no letter: ${colour}`),
          later: (_source, { stamp }: { stamp: number }) => stamp + 1,
          viewer: (_source, _args, { caller }) => this.#viewer('messages', caller.subject),
        },
        Viewer: { sent: () => this.sent },
        Mutation: {
          send: (_source, { text, to }: { text: string; to: string }) => {
            this.sent += 1;
            const message = { id: String(this.messages.length + 1), text, to, sequence: 1 };
            this.messages.push(message);
            return message;
          },
        },
        Subscription: {
          messageChanged: {
            subscribe: (_source, { id }: { id: string }) =>
              this.changes.subscribe(this.messages.filter((message) => message.id === id)),
            resolve: (event) => {
              if (event['text'] === 'FAIL')
                throw new GraphQLError('This one failed.', { extensions: { code: 'CONFLICT' } });
              return event;
            },
          },
          ticks: {
            subscribe: (_source, { count }: { count: number }) => ticks(count),
            resolve: (event) => event,
          },
        },
        Message: { to: ({ to }) => ({ email: to }) },
        Person: { messages: ({ email }) => this.messages.filter((message) => message.to === email) },
      },
      {
        Message: (representations) => {
          if (this.refused) throw this.refused;
          return representations.map(({ id }) => this.messages.find((message) => message.id === id) ?? null);
        },
        Person: (representations, _context, info) => {
          this.#ask('messages', representations, info);
          return representations.map(({ email }) => ({ email }));
        },
      },
      this.#note('messages'),
      { Colour: { RED: 'r', GREEN: 'g' }, Stamp: STAMP },
    );
  }

  #directory(): Subgraph {
    return subgraphOf(
      'directory',
      /* GraphQL */ `
        type Query {
          person(email: ID!): Person
          people: [Person!]
        }
        type Person @key(fields: "email") {
          email: ID!
          name: String
        }
      `,
      {
        Query: {
          person: (_source, { email }: { email: string }) => this.#person(email),
          people: () => [...this.names.keys()].map((email) => this.#person(email)),
        },
      },
      {
        Person: (representations, _context, info) => {
          this.#ask('directory', representations, info);
          this.#check('directory');
          return representations.map(({ email }) => this.#person(String(email)));
        },
      },
      this.#note('directory'),
    );
  }

  #accounts(): Subgraph {
    return subgraphOf(
      'accounts',
      /* GraphQL */ `
        type Query {
          accountsReady: Boolean!
          viewer: Viewer! @shareable
        }
        type Viewer {
          subject: String! @shareable
          plan: String
        }
        type Person @key(fields: "email") {
          email: ID!
          balance: Float!
          limit: Int
        }
      `,
      {
        Query: {
          accountsReady: () => true,
          viewer: (_source, _args, { caller }) => this.#viewer('accounts', caller.subject),
        },
        Viewer: { plan: () => 'basic' },
      },
      {
        Person: (representations, _context, info) => {
          this.#ask('accounts', representations, info);
          this.#check('accounts');
          return representations.map(({ email }) => {
            const balance = this.balances.get(String(email));
            return balance === undefined ? null : { email, balance, limit: null };
          });
        },
      },
      this.#note('accounts'),
    );
  }

  #viewer(subgraph: string, subject: string): object {
    this.viewers.push(subgraph);
    return { subject };
  }

  #ask(subgraph: string, keys: readonly unknown[], info: GraphQLResolveInfo): void {
    // The planner names what it is in, and asks for the type.
    const paths = [...selectedPaths(info)].filter((path) => !path.endsWith('__typename')).sort();
    this.asked.push({ subgraph, keys: [...keys], paths });
  }

  #person(email: string): object | null {
    const name = this.names.get(email);
    return name === undefined ? null : { email, name };
  }
}

const STAMP = new GraphQLScalarType<number, string>({
  name: 'Stamp',
  serialize: (minutes) => `${String(minutes)}m`,
  parseValue: readStamp,
  parseLiteral: (node) => readStamp(node.kind === Kind.STRING ? node.value : undefined),
});

function readStamp(value: unknown): number {
  const minutes = typeof value === 'string' ? /^(\d+)m$/.exec(value)?.[1] : undefined;
  if (minutes === undefined) throw new TypeError(`no stamp: ${String(value)}`);
  return Number(minutes);
}

async function* ticks(count: number): AsyncGenerator<number> {
  for (let tick = 1; tick <= count; tick += 1) yield tick;
}
