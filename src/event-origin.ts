/** Where an event comes from, for whoever measures its way to clients, who are never told. */
export interface EventOrigin {
  /** The subscription it is an event of, as the graph calls it. */
  readonly field: string;
  /** Milliseconds since the epoch. */
  readonly observedAt: number;
  /** The step that made it known, as `spanHere()`. */
  readonly trace?: string | undefined;
}

/** Under which a subgraph service tells it to its gateway, among the extensions of a result. */
export const ORIGIN = 'sealgraphOrigin';

const origins = new WeakMap<object, EventOrigin>();

/** Notes the origin of an event with what stands for it on a part of its way. */
export function keepOrigin<Carrier>(carrier: Carrier, origin: EventOrigin | undefined): Carrier {
  if (origin && typeof carrier === 'object' && carrier !== null) origins.set(carrier, origin);
  return carrier;
}

/** Undefined for what stands for no event. */
export function originOf(carrier: unknown): EventOrigin | undefined {
  return typeof carrier === 'object' && carrier !== null ? origins.get(carrier) : undefined;
}

/** Notes the origin of an event with each object that its data consists of. */
export function keepOriginWithin(data: unknown, origin: EventOrigin | undefined): void {
  for (const value of membersOf(data)) keepOrigin(value, origin);
}

/** The origin of an event, or of an object that it consists of. */
export function originWithin(event: unknown): EventOrigin | undefined {
  return [event, ...membersOf(event)].map(originOf).find((found) => found !== undefined);
}

function membersOf(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}
