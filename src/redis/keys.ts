/**
 * The names of everything in Redis. What one script or queue touches shares a hash tag, the part in braces, and with it
 * a slot of a cluster.
 */
export class Keys {
  /** What every name begins with. */
  readonly prefix: string;

  /** @param prefix what every name begins with; without braces. Default `sealgraph`. */
  constructor(prefix = 'sealgraph') {
    this.prefix = prefix;
  }

  /** A watch; also the name of the channel that its wake-ups come by. */
  watch(id: string): string {
    return `${this.prefix}:{w:${id}}`;
  }

  /** The log of a watch, in the slot of the watch. */
  log(id: string): string {
    return `${this.watch(id)}:log`;
  }

  /** What was read last of a thing that several owners watch. */
  reading(name: string): string {
    return `${this.prefix}:{read:${name}}`;
  }

  /** The watches of a provider that may be active. */
  active(provider: string): string {
    return `${this.prefix}:{active:${provider}}`;
  }

  /** The watches of a provider that may be active and belong to one owner. */
  activeOf(provider: string, owner: string): string {
    return `${this.prefix}:{active:${provider}:${encodeURIComponent(owner)}}`;
  }

  /** What the names of all counts begin with that say how much callers have done. */
  rates(): string {
    return `${this.prefix}:rate`;
  }

  /** The ids of an owner's records in a collection, in order. The records are named after it, in the same slot. */
  records(collection: string, owner: string): string {
    return `${this.prefix}:{r:${encodeURIComponent(collection)}:${encodeURIComponent(owner)}}`;
  }

  /** Those of an owner's records in a collection that expire, in order; in the same slot. */
  expiring(collection: string, owner: string): string {
    return `${this.records(collection, owner)}~expiring`;
  }

  record(collection: string, owner: string, id: string): string {
    return `${this.records(collection, owner)}:${id}`;
  }

  counter(name: string): string {
    return `${this.prefix}:c:${name}`;
  }

  /** What the keys of a provider's queue begin with. */
  queue(provider: string): string {
    return `{${this.prefix}:poll:${provider}}`;
  }

  /** When each watch of a provider is due, in the slot of the queue. */
  due(provider: string): string {
    return `${this.queue(provider)}:due`;
  }

  /** Whose turn it is to do something for all processes. */
  turn(what: string): string {
    return `${this.prefix}:turn:${what}`;
  }

  /** The stream of the audit log. */
  audit(): string {
    return `${this.prefix}:audit`;
  }

  /** Which version of this program what is here can be used by. */
  version(): string {
    return `${this.prefix}:version`;
  }

  /** What is written to see that it can be. */
  ready(): string {
    return `${this.prefix}:ready`;
  }

  /** That a process is alive. All in one slot: who cannot write its own cannot tell that another did not. */
  alive(instance: string): string {
    return `{${this.prefix}:alive}:${instance}`;
  }

  /** What the processes agree on about the calls to a provider. */
  breaker(name: string): string {
    return `${this.prefix}:{b:${name}}`;
  }
}
