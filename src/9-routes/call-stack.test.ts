// The call stack is the layer order: a request enters at the top and falls; an answer is a returned value. Seen from
// inside users' code, in the files that stand on the stack.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { text } from '../2-platform/index.ts'
import { chain, everyone, guard, guards, middleware } from '../5-middleware/index.ts'
import { action, endpoint, query } from '../6-api/index.ts'
import { createServer } from '../host/server/index.ts'
import { createApp } from './server.ts'
import { page, request, testAssets } from './testing.fixture.ts'

const stacks = new Map<string, string>()
/** Keeps the stack of where it is called. */
const note = (where: string) => void stacks.set(where, new Error(where).stack ?? '')

const noting = (name: string) =>
  guard(() => {
    note(name)
    return { noted: true }
  })
const later = guard(async () => {
  await Promise.resolve()
  note('asynchronous guard')
})

const api = {
  read: query({ access: noting('guard of a query').and(() => {}), handler: () => note('query') }),
  slow: query({ access: later, handler: async () => note('query behind an asynchronous guard') }),
  write: action({ access: everyone, handler: () => note('action') }),
  feed: endpoint('GET /feed', {
    access: everyone,
    handler() {
      note('endpoint')
      return text('feed')
    },
  }),
}
const access = guards({ mine: noting('guard of a page') })

const routes = {
  'index.tsx': page(
    () => {
      note('page')
      return 'x'
    },
    {
      access: 'mine',
      loader: async () => {
        note('loader')
        await api.read()
        await api.slow()
        note('loader after a query')
        return {}
      },
    },
  ),
  'layout.tsx': page((props) => {
    note('layout')
    return props.children
  }),
}
const step = middleware({ before: () => note('middleware before'), after: () => note('middleware after') })

/** The layers on a stack from the outermost call to the innermost; `host` is above all. Tests belong to no layer. */
function layersOf(stack: string): number[] {
  const layers: number[] = []
  for (const line of stack.split('\n').slice(1).reverse()) {
    const layer = /\/src\/(?:(\d)-|(host)\/)/.exec(line.includes('.test.') || line.includes('.fixture.') ? '' : line)
    if (layer) layers.push(layer[2] ? 10 : Number(layer[1]))
  }
  return layers
}

describe('the call stack', () => {
  const limit = Error.stackTraceLimit
  beforeAll(async () => {
    Error.stackTraceLimit = 100
    const handler = await createApp({
      routes,
      api: { posts: () => api },
      middleware: () => ({ default: chain(step), access }),
      assets: testAssets,
      options: { dev: false, base: '/', origins: [], bodyLimit: 1000, rateLimit: 0, report: () => {} },
    })
    await handler(request('/', { method: 'POST', form: { $action: 'posts/write' } }))
    const server = createServer({ handler, options: { onReply: () => {} } })
    const { url } = await server.listen(0)
    await fetch(url).then(async (response) => await response.text())
    await fetch(`${url}/feed`).then(async (response) => await response.text())
    await server.close()
  })
  afterAll(() => {
    Error.stackTraceLimit = limit
  })

  it.each(['page', 'layout'])('has nothing below the components on it while these render: %s', (where) => {
    // Pages are of layer 9 and rendered by layer 8, which calls what it was handed.
    const layers = layersOf(stacks.get(where) ?? '')
    expect(layers.length).toBeGreaterThan(0)
    expect(Math.min(...layers), stacks.get(where)).toBeGreaterThanOrEqual(8)
  })

  it.each([
    'middleware before',
    'guard of a page',
    'loader',
    'guard of a query',
    'query',
    'asynchronous guard',
    'query behind an asynchronous guard',
    'loader after a query',
    'middleware after',
    'endpoint',
    'action',
  ])('falls from layer to layer: %s', (where) => {
    const layers = layersOf(stacks.get(where) ?? '')
    expect(layers.length, stacks.get(where)).toBeGreaterThan(0)
    expect(layers, stacks.get(where)).toEqual(layers.toSorted((left, right) => right - left))
  })
})
