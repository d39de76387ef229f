import { getOperationAST, isListType, getNullableType, isObjectType, parse } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { OperationCosts } from '../../src/gateway/operation-cost.js';
import type { Prices } from '../../src/gateway/prices.js';
import { readVariables } from '../../src/gateway/variables.js';
import { ASKED_ONCE } from './count-calls.js';

/** An operation that was run. */
export interface PricedRun {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Calls to providers that it has made. */
  readonly calls: readonly string[];
}

/** A price that is more times what an operation calls, where its lists have one item each, says nothing of it. */
const MOST_TIMES = 6;

/** Holds the prices of operations to what they call. */
export class PriceCheck {
  readonly #schema: GraphQLSchema;
  readonly #prices: Prices;

  constructor(schema: GraphQLSchema, prices: Prices) {
    this.#schema = schema;
    this.#prices = prices;
  }

  /** Says so when an operation calls more than its price. */
  tooLow({ document, variables, calls }: PricedRun): readonly string[] {
    const counted = calls.filter((call) => !ASKED_ONCE.has(call));
    const price = priceOf(this.#schema, this.#prices, document, variables);
    return counted.length > price ? [says(counted, price)] : [];
  }

  /** Says so when a price is so much more than what an operation calls that it means nothing. */
  tooHigh({ document, variables, calls }: PricedRun): readonly string[] {
    const counted = calls.filter((call) => !ASKED_ONCE.has(call));
    const price = priceOf(this.#schema, withOneEach(this.#schema, this.#prices), document, variables);
    return price > MOST_TIMES * Math.max(1, counted.length) ? [says(counted, price)] : [];
  }
}

function says(calls: readonly string[], price: number): string {
  return `makes ${calls.length} calls to providers, priced at ${price}: ${calls.join(' ')}.`;
}

/** @returns 0 for what is refused before it is priced */
function priceOf(
  schema: GraphQLSchema,
  prices: Prices,
  text: string,
  variables: Readonly<Record<string, unknown>>,
): number {
  const document = parse(text);
  const operation = getOperationAST(document);
  const read = operation && readVariables(schema, operation, variables, new Set(), 1);
  if (!operation || !read || !('values' in read)) return 0;
  return new OperationCosts(schema, prices).of(document, operation, read.values);
}

/** The same prices, every list of one item. */
function withOneEach(schema: GraphQLSchema, prices: Prices): Prices {
  const fields = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));
  return {
    ...prices,
    ...Object.fromEntries(
      fields.flatMap(({ type, field }) => {
        const place = `${type.name}.${field.name}`;
        const { listSize, ...price } = prices[place] ?? {};
        if (!listSize && !isListType(getNullableType(field.type))) return [];
        return [[place, { ...price, listSize: { ...listSize, assumedSize: 1, slicingArguments: [] } }]];
      }),
    ),
  };
}
