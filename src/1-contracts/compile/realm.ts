// Where contracts are evaluated: a world of its own that has the language and nothing of the machine. What is asked for
// besides is told to `touch`, which knows whether an app's module asks or a package that looks where it is.
import { type Context, createContext, runInContext } from 'node:vm'

/** Says that something is asked for that is not the same everywhere and at all times. It may throw. */
export type Touch = (what: string) => void

/** What is not there, by what it would tell. */
const absent: Readonly<Record<string, readonly string[]>> = {
  'the environment': [
    'process',
    'document',
    'window',
    'self',
    'navigator',
    'location',
    'localStorage',
    'sessionStorage',
  ],
  'the clock': ['performance', 'setTimeout', 'setInterval', 'setImmediate', 'requestAnimationFrame'],
  chance: ['crypto'],
  'the network': ['fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource'],
  'what only a server has': ['Buffer', '__dirname', '__filename'],
}

/** What every platform has beside the language, and what gives the same for the same. */
const pure = { URL, URLSearchParams, TextEncoder, TextDecoder, atob, btoa, console }

// Within the realm, so that what it makes is of the realm's own classes.
const prelude = `(touch) => {
  const { Date: Real, Math } = globalThis
  const random = Math.random
  globalThis.Date = new Proxy(Real, {
    construct(target, given, made) {
      if (given.length === 0) touch('the clock')
      return Reflect.construct(target, given, made)
    },
    apply(target) {
      touch('the clock')
      return target()
    },
    get(target, key, from) {
      if (key === 'now') touch('the clock')
      return Reflect.get(target, key, from)
    },
  })
  Math.random = () => {
    touch('chance')
    return random()
  }
  const copy = (value) => {
    if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError('It cannot be copied.')
    if (typeof value !== 'object' || value === null) return value
    if (value instanceof Real) return new Real(Number(value))
    if (value instanceof Map) return new Map([...value].map(copy))
    if (value instanceof Set) return new Set([...value].map(copy))
    if (Array.isArray(value)) return value.map(copy)
    return Object.fromEntries(Object.entries(value).map(copy))
  }
  globalThis.structuredClone = (value) => copy(value)
}`

/** Makes a realm. */
export function createRealm(touch: Touch): Context {
  const globals: Record<string, unknown> = { ...pure }
  for (const [what, names] of Object.entries(absent)) {
    for (const name of names)
      Object.defineProperty(globals, name, { configurable: true, get: () => touch(what), set() {} })
  }
  const realm = createContext(globals)
  runInContext(prelude, realm)(touch)
  return realm
}
