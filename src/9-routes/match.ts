// Which route answers a path. A trie over the parts of the path, built once; paths without parameters are looked up
// whole first, which is right because a static part always goes before a parameter.
import { expand, type Segment } from './tree.ts'

/** What the parts of a path gave: text, several parts for `[...rest]`, absent for an optional part that is not there. */
export type Params = Readonly<Record<string, string | readonly string[] | undefined>>

export interface Match<Value> {
  readonly value: Value
  readonly params: Params
}

/** Finds the route of a canonical path (still percent-encoded, beginning with `/`), or null. */
export type Matcher<Value> = (path: string) => Match<Value> | null

interface Leaf<Value> {
  readonly value: Value
  /** Names of the parameters in the order of the path. */
  readonly names: readonly string[]
  readonly rest: boolean
}

interface Node<Value> {
  readonly fixed: Map<string, Node<Value>>
  dynamic: Node<Value> | null
  rest: Leaf<Value> | null
  end: Leaf<Value> | null
}

const none: Params = Object.freeze({})

/**
 * Compiles routes into one matcher: at each part of a path static goes before dynamic, dynamic before rest, and a
 * branch that leads nowhere is left for the next. A path visits a node at most once, so the work is bounded by the
 * number of routes whatever the path.
 *
 * @param routes paths with what they lead to; they must not share a shape (`readTree` refuses that)
 * @example
 * const match = createMatcher([{ segments: [{ kind: 'dynamic', name: 'id' }], value: 'post' }])
 * match('/a%20b') // { value: 'post', params: { id: 'a b' } }
 */
export function createMatcher<Value>(
  routes: readonly { readonly segments: readonly Segment[]; readonly value: Value }[],
): Matcher<Value> {
  const root = createNode<Value>()
  const whole = new Map<string, Match<Value>>()
  for (const route of routes) {
    for (const way of expand(route.segments)) {
      if (way.every((segment) => segment.kind === 'static'))
        whole.set(`/${way.map((segment) => segment.name).join('/')}`, { value: route.value, params: none })
      else insert(root, way, route.value)
    }
  }
  return (path) => {
    const found = whole.get(path)
    if (found !== undefined) return found
    const values: string[] = []
    const leaf = path.length > 1 ? walk(root, path, { at: 1, values }) : null
    return leaf === null ? null : toMatch(leaf, values)
  }
}

function createNode<Value>(): Node<Value> {
  return { fixed: new Map(), dynamic: null, rest: null, end: null }
}

function insert<Value>(root: Node<Value>, segments: readonly Segment[], value: Value): void {
  const names = segments.filter((segment) => segment.kind !== 'static').map((segment) => segment.name)
  let node = root
  for (const segment of segments) {
    if (segment.kind === 'rest') {
      node.rest = { value, names, rest: true }
      return
    }
    if (segment.kind === 'static') {
      const next = node.fixed.get(segment.name) ?? createNode<Value>()
      node.fixed.set(segment.name, next)
      node = next
    } else {
      node.dynamic ??= createNode<Value>()
      node = node.dynamic
    }
  }
  node.end = { value, names, rest: false }
}

/** Walks from the part that begins at `at`; `values` gets the parameters on the way, still encoded. */
function walk<Value>(node: Node<Value>, path: string, state: { at: number; values: string[] }): Leaf<Value> | null {
  const { at, values } = state
  if (at > path.length) return node.end
  const slash = path.indexOf('/', at)
  const end = slash === -1 ? path.length : slash
  if (end === at) return null
  const part = path.slice(at, end)
  const next = { at: end + 1, values }
  const fixed = node.fixed.get(part)
  if (fixed !== undefined) {
    const leaf = walk(fixed, path, next)
    if (leaf !== null) return leaf
  }
  if (node.dynamic !== null) {
    values.push(part)
    const leaf = walk(node.dynamic, path, next)
    if (leaf !== null) return leaf
    values.pop()
  }
  if (node.rest === null || path.endsWith('/') || path.includes('//', at)) return null
  values.push(path.slice(at))
  return node.rest
}

/** Decodes the parameters: once, and only now that the parts are known, so that `%2F` can never make a new part. */
function toMatch<Value>(leaf: Leaf<Value>, values: readonly string[]): Match<Value> | null {
  const params: Record<string, string | readonly string[]> = {}
  try {
    for (const [index, name] of leaf.names.entries()) {
      const value = values[index] as string
      const isRest = leaf.rest && index === leaf.names.length - 1
      params[name] = isRest ? value.split('/').map((part) => decodeURIComponent(part)) : decodeURIComponent(value)
    }
  } catch {
    // The ingress refuses such a path before; a caller without an ingress finds no page, rather than a crash.
    return null
  }
  return { value: leaf.value, params }
}
