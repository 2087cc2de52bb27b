import type { GradedPool } from './pool.ts'

/** Where objects stand in a pool as of an instant. */
export interface Standing {
  readonly stratum: string
  /** False of those that left the pool in the year: they are counted until it ends, and never drawn (REG-30). */
  readonly active: boolean
}

/** So many objects stood there then and stand here now; absent where they were not in the pool, or are no longer. */
export interface PoolFlow {
  readonly from?: Standing
  readonly to?: Standing
  readonly count: number
}

/** An object with the stratum in which a draw could reach it at either instant; absent where none could. */
export interface MovedObject {
  readonly objectId: string
  readonly objectCode: string
  /** As the register has it now. */
  readonly name: string
  readonly from?: string
  readonly to?: string
}

/** The flows of a line's pool, and of each scope by `scopeKey` where its batches draw from several. */
export interface LineFlows {
  readonly whole: readonly PoolFlow[]
  readonly byScope?: ReadonlyMap<string, readonly PoolFlow[]>
}

/** Who can be drawn in another stratum than before, whom a draw could not reach before, and whom it no longer reaches; in order of the strata. */
export interface Movement {
  readonly moves: readonly { readonly from: string; readonly to: string; readonly objects: number }[]
  readonly entered: readonly { readonly stratum: string; readonly objects: number }[]
  readonly left: readonly { readonly stratum: string; readonly objects: number }[]
}

/** The pool at both instants, as it is counted at either. */
export const poolsOf = (flows: LineFlows): { readonly before: GradedPool; readonly now: GradedPool } => ({
  before: poolOf(flows, ({ from }) => from),
  now: poolOf(flows, ({ to }) => to),
})

type StandingOf = (flow: PoolFlow) => Standing | undefined

function poolOf({ whole, byScope }: LineFlows, standingOf: StandingOf): GradedPool {
  const byGrade = gradesOf(whole, standingOf)
  return byScope === undefined
    ? { byGrade }
    : { byGrade, byScope: new Map([...byScope].map(([key, flows]) => [key, { byGrade: gradesOf(flows, standingOf) }])) }
}

function gradesOf(flows: readonly PoolFlow[], standingOf: StandingOf): ReadonlyMap<string, number> {
  const byGrade = new Map<string, number>()
  for (const flow of flows) {
    const standing = standingOf(flow)
    if (standing !== undefined) byGrade.set(standing.stratum, (byGrade.get(standing.stratum) ?? 0) + flow.count)
  }
  return byGrade
}

export function movementOf(flows: readonly PoolFlow[]): Movement {
  const found = new Map<string, { readonly from: string | undefined; readonly to: string | undefined; objects: number }>()
  for (const flow of flows) {
    const [from, to] = [drawnIn(flow.from), drawnIn(flow.to)]
    if (from === to) continue
    const key = JSON.stringify([from ?? null, to ?? null])
    const moved = found.get(key) ?? { from, to, objects: 0 }
    found.set(key, moved)
    moved.objects += flow.count
  }
  const ordered = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, moved]) => moved)
  return {
    moves: ordered.flatMap(({ from, to, objects }) => (from === undefined || to === undefined ? [] : [{ from, to, objects }])),
    entered: ordered.flatMap(({ from, to, objects }) => (from === undefined && to !== undefined ? [{ stratum: to, objects }] : [])),
    left: ordered.flatMap(({ from, to, objects }) => (from !== undefined && to === undefined ? [{ stratum: from, objects }] : [])),
  }
}

const drawnIn = (standing: Standing | undefined): string | undefined => (standing?.active === true ? standing.stratum : undefined)
