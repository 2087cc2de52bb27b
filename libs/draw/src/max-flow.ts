/** A directed edge with what may still flow along it; its twin is what may be taken back. */
interface Edge {
  readonly to: number
  left: number
  readonly twin: number
}

/** A network of numbered nodes and whole capacities. */
export interface Network {
  /** An edge; a capacity of `Infinity` bounds nothing. */
  readonly connect: (from: number, to: number, capacity: number) => void
  /** The most that can flow from one node to another. */
  readonly maxFlow: (source: number, sink: number) => number
}

/** Maximum flow by Dinic's algorithm: shortest augmenting paths, all of one length at a time. */
export function network(nodes: number): Network {
  const edges: Edge[] = []
  const out: number[][] = Array.from({ length: nodes }, () => [])
  const edgesFrom = (node: number): number[] => out[node] as number[]

  /** Distance of every node from the source along edges that have capacity left; −1 where there is none. */
  function levelsFrom(source: number): Int32Array {
    const levels = new Int32Array(nodes).fill(-1)
    levels[source] = 0
    const queue = [source]
    for (const node of queue) {
      for (const index of edgesFrom(node)) {
        const { to, left } = edges[index] as Edge
        if (left <= 0 || levels[to] !== -1) continue
        levels[to] = (levels[node] as number) + 1
        queue.push(to)
      }
    }
    return levels
  }

  /** Pushes up to `wanted` from a node towards the sink, one level at a time; `next` skips edges that led nowhere. */
  function push(node: number, sink: number, wanted: number, levels: Int32Array, next: Int32Array): number {
    if (node === sink) return wanted
    const indices = edgesFrom(node)
    for (; (next[node] as number) < indices.length; next[node] = (next[node] as number) + 1) {
      const edge = edges[indices[next[node] as number] as number] as Edge
      if (edge.left <= 0 || levels[edge.to] !== (levels[node] as number) + 1) continue
      const pushed = push(edge.to, sink, Math.min(wanted, edge.left), levels, next)
      if (pushed === 0) continue
      edge.left -= pushed
      ;(edges[edge.twin] as Edge).left += pushed
      return pushed
    }
    return 0
  }

  return {
    connect: (from, to, capacity) => {
      edgesFrom(from).push(edges.length)
      edgesFrom(to).push(edges.length + 1)
      edges.push({ to, left: capacity, twin: edges.length + 1 }, { to: from, left: 0, twin: edges.length })
    },
    maxFlow: (source, sink) => {
      let flow = 0
      for (let levels = levelsFrom(source); levels[sink] !== -1; levels = levelsFrom(source)) {
        const next = new Int32Array(nodes)
        const pushMore = (): number => push(source, sink, Number.POSITIVE_INFINITY, levels, next)
        for (let pushed = pushMore(); pushed !== 0; pushed = pushMore()) flow += pushed
      }
      return flow
    },
  }
}
