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

/** Breadth first inside a group; there always is a way, for a group is strongly connected. */
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
  const way: string[] = []
  for (let at: string | undefined = to; at !== undefined; at = cameFrom.get(at)) way.unshift(at)
  return way
}
