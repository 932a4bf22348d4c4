import type { LogicRealm } from './realm'

/** The handlers a mini-program registered for one event of a task. */
export class Listeners {
  #handlers: unknown[] = []

  constructor(private readonly realm: LogicRealm) {}

  readonly add = (handler: unknown) => void this.#handlers.push(handler)
  readonly remove = (handler?: unknown) => {
    this.#handlers = handler ? this.#handlers.filter((known) => known !== handler) : []
  }

  fire(detail: unknown) {
    for (const handler of this.#handlers) this.realm.call(handler, undefined, this.realm.clone(detail))
  }
}
