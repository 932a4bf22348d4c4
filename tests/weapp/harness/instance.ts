import type { LogicRealm } from './realm'
import type { Definition, Instance } from './types'

/** How much one setData may carry (WeChat refuses more). */
const SET_DATA_LIMIT_BYTES = 1024 * 1024

const stepsOf = (key: string) =>
  key
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter(Boolean)
const isIndex = (step: string | undefined) => step !== undefined && /^\d+$/.test(step)

function put(data: Record<string, unknown>, key: string, value: unknown) {
  const steps = stepsOf(key)
  const last = steps.pop() ?? key
  let holder = data
  steps.forEach((step, index) => {
    if (holder[step] == null) holder[step] = isIndex(steps[index + 1] ?? last) ? [] : {}
    holder = holder[step] as Record<string, unknown>
  })
  holder[last] = value
}

/** Makes the `this` of a page or component: its members, its data, and a setData that tells `changed` the bytes it carried. */
export function makeInstance(realm: LogicRealm, definition: Definition, changed: (bytes: number) => void): Instance {
  const instance = Object.assign({}, definition, definition.methods) as unknown as Instance
  instance.data = realm.clone(definition.data ?? {})
  instance.setData = (patch, done) => {
    const bytes = Buffer.byteLength(JSON.stringify(patch))
    if (bytes > SET_DATA_LIMIT_BYTES) realm.report(`setData over 1 MB: ${Object.keys(patch).join(', ')}`)
    for (const [key, value] of Object.entries(patch)) {
      if (value === undefined) realm.report(`setData: "${key}" is undefined`)
      put(instance.data, key, realm.clone(value))
    }
    changed(bytes)
    if (done) realm.clock.setTimeout(() => realm.call(done, instance), 0)
  }
  return instance
}
