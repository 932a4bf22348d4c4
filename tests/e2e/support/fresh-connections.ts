/**
 * A server ends a connection that lay idle for a while, and a request that goes out on it at that very instant gets no answer. Browsers
 * and phones ask again by themselves, Node's fetch does not. Whoever imports this has a connection of its own for every request.
 */
const ask = globalThis.fetch

globalThis.fetch = (input, init) => {
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined))
  headers.set('connection', 'close')
  return ask(input, { ...init, headers })
}
