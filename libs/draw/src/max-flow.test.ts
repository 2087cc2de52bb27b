import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { network } from './max-flow.ts'

type Edge = readonly [from: number, to: number, capacity: number]
const flowOf = (nodes: number, edges: readonly Edge[], source = 0, sink = nodes - 1): number => {
  const graph = network(nodes)
  for (const edge of edges) graph.connect(...edge)
  return graph.maxFlow(source, sink)
}

describe('the most that can flow', () => {
  it('is nothing where no way leads to the sink', () => {
    expect(flowOf(3, [[0, 1, 5]])).toBe(0)
    expect(flowOf(2, [[1, 0, 5]])).toBe(0)
  })

  it('takes back what went a wrong way first', () => {
    // 0 → 1 → 2 → 3 is the first way found; both others need its middle back.
    const edges: readonly Edge[] = [
      [0, 1, 1],
      [1, 2, 1],
      [0, 2, 1],
      [1, 3, 1],
      [2, 3, 1],
    ]
    expect(flowOf(4, edges)).toBe(2)
  })

  it('is bounded by no edge that has no bound', () => {
    expect(
      flowOf(3, [
        [0, 1, Number.POSITIVE_INFINITY],
        [1, 2, 7],
      ]),
    ).toBe(7)
  })

  it('lets nothing through an edge without capacity, and finds the way beside it', () => {
    const edges: readonly Edge[] = [
      [0, 1, 1],
      [0, 2, 1],
      [1, 3, 0],
      [2, 3, 1],
      [3, 4, 1],
    ]
    expect(flowOf(5, edges)).toBe(1)
  })

  it('is the least that any cut lets through (Ford and Fulkerson 1956)', () => {
    const nodes = 5
    const edges = fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.nat(6)), { maxLength: 14 })
    fc.assert(
      fc.property(edges, (given) => {
        const cuts = Array.from({ length: 2 ** (nodes - 2) }, (_, bits) => {
          const isOnSourceSide = (node: number): boolean => node === 0 || (node < nodes - 1 && ((bits >> (node - 1)) & 1) === 1)
          return given.reduce((sum, [from, to, capacity]) => sum + (isOnSourceSide(from) && !isOnSourceSide(to) ? capacity : 0), 0)
        })
        expect(flowOf(nodes, given)).toBe(Math.min(...cuts))
      }),
      { numRuns: 300 },
    )
  })
})
