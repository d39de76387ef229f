const LOCAL = /^(?:localhost|[\w-]+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i;

/** Whether a `Host` header names this machine by a name that no name server can give away. */
export function isLocalName(host: string | undefined): boolean {
  return host !== undefined && LOCAL.test(host);
}
