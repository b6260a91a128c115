// Rule 4: circles of imports. Strongly connected components (Tarjan, "Depth-first search and linear graph algorithms",
// 1972) find every group of modules that lead to each other; of each group one shortest circle is shown.

/** A directed graph by names: what each module imports. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>

/**
 * One circle for each group of modules that import each other, if the group has an edge that counts: the modules in
 * order, beginning and ending with the same one. For a → b → c → a and an edge a → b that counts: [a, b, c, a].
 * Cost: one visit of each edge, and one search within each group.
 */
export function circles(graph: Graph, counts: (from: string, to: string) => boolean): string[][] {
  return components(graph).flatMap((group) => {
    const members = new Set(group)
    for (const from of [...group].sort()) {
      for (const to of graph.get(from) ?? []) {
        if (!members.has(to) || !counts(from, to)) continue
        return [[from, ...shortestWay(graph, { from: to, to: from, within: members })]]
      }
    }
    return []
  })
}

/**
 * The circle as it looks from one module, which may lie beside it: then the way there and back is part of it, and it
 * may pass a module twice. Undefined for a module of another group. For [b, c, b] and d with c → d → b: [d, b, c, d].
 */
export function circleThrough(graph: Graph, name: string, circle: readonly string[]): string[] | undefined {
  const [first, second] = circle
  if (first === undefined || second === undefined) return undefined
  const at = circle.indexOf(name)
  if (at >= 0) return [...circle.slice(at, -1), ...circle.slice(0, at), name]
  const within = new Set(graph.keys())
  const there = shortestWay(graph, { from: name, to: first, within })
  const back = shortestWay(graph, { from: second, to: name, within })
  // The first step of a circle is one that counts: the walk goes over it.
  return there.length > 1 && back.length > 1 ? [...there, ...back] : undefined
}

/** The groups of more than one module, and single modules that import themselves. */
function components(graph: Graph): string[][] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()
  const groups: string[][] = []
  // The walk keeps its own stack: a chain of thousands of modules would be too deep for recursion.
  const enter = (name: string) => {
    order.set(name, order.size)
    low.set(name, order.get(name)!)
    stack.push(name)
    onStack.add(name)
    return { name, edges: (graph.get(name) ?? new Set<string>()).values() }
  }
  const lower = (name: string, value: number) => low.set(name, Math.min(low.get(name)!, value))
  const leave = (name: string) => {
    if (low.get(name) !== order.get(name)) return
    const group = stack.splice(stack.lastIndexOf(name))
    for (const member of group) onStack.delete(member)
    if (group.length > 1 || graph.get(name)?.has(name)) groups.push(group)
  }
  for (const start of graph.keys()) {
    if (order.has(start)) continue
    const walk = [enter(start)]
    for (let top = walk.at(-1); top; top = walk.at(-1)) {
      const { value: next, done } = top.edges.next()
      if (done) {
        walk.pop()
        leave(top.name)
        const parent = walk.at(-1)
        if (parent) lower(parent.name, low.get(top.name)!)
      } else if (!order.has(next)) walk.push(enter(next))
      else if (onStack.has(next)) lower(top.name, order.get(next)!)
    }
  }
  return groups
}

/** Breadth first. Inside a group there always is a way, for it is strongly connected; else the goal alone. */
function shortestWay(
  graph: Graph,
  { from, to, within }: { from: string; to: string; within: ReadonlySet<string> },
): string[] {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]])
  for (const name of cameFrom.keys()) {
    if (name === to) break
    for (const next of graph.get(name) ?? []) {
      if (within.has(next) && !cameFrom.has(next)) cameFrom.set(next, name)
    }
  }
  if (!cameFrom.has(to)) return [to]
  const way: string[] = []
  for (let at: string | undefined = to; at !== undefined; at = cameFrom.get(at)) way.unshift(at)
  return way
}
