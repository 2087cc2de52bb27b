import { scopeOfBatch } from './batch-scope.ts'
import { daysOf } from './batches.ts'
import type { CheckItem } from './line-input.ts'
import { heaviest } from './line-pairs.ts'
import { industriesMeet, type ObjectScope, scopesMeet, takesIn } from './object-scope.ts'
import type { DateWindow, PlanLine } from './plan.ts'
import { sum } from './pool.ts'

/** A line of this or another plan of the region and year. */
export interface PlacedLine {
  readonly planId: string
  readonly line: PlanLine
}

/** Two lines whose windows meet and whose objects may. */
export interface Candidate {
  readonly a: PlacedLine
  readonly b: PlacedLine
  readonly windows: readonly DateWindow[]
}

/** Two lines that meet in days and objects; `objects` is how many both apply to (PLN-18). */
export interface Overlap extends Candidate {
  readonly objects: number
}

/** Lines that all meet each other: what a planner may merge into one check. */
export interface MergeProposal {
  readonly members: readonly PlacedLine[]
  /** The fewest objects any two members share. */
  readonly objects: number
}

type Batched = Pick<PlanLine, 'scope' | 'batches'>

/** The days on which batches of both that may have an object in common are open. */
export const sharedWindows = (a: Batched, b: Batched): readonly DateWindow[] =>
  a.batches.flatMap((left) =>
    b.batches.flatMap((right) => {
      const start = left.window.start > right.window.start ? left.window.start : right.window.start
      const end = left.window.end < right.window.end ? left.window.end : right.window.end
      return start <= end && scopesMeet(scopeOfBatch(a, left), scopeOfBatch(b, right)) ? [{ start, end }] : []
    }),
  )

/** Pairs with at least one line of the plan itself, whose windows meet and whose items can apply to a common object. */
export function overlapCandidates(
  own: readonly PlacedLine[],
  others: readonly PlacedLine[],
  items: ReadonlyMap<string, CheckItem>,
): readonly Candidate[] {
  return own.flatMap((a, index) =>
    [...own.slice(index + 1), ...others].flatMap((b) => {
      const windows = sharedWindows(a.line, b.line)
      return windows.length > 0 && mayShareObjects(a.line, b.line, items) ? [{ a, b, windows }] : []
    }),
  )
}

/** False only where no object can fit both. */
export const mayShareObjects = (a: PlanLine, b: PlanLine, items: ReadonlyMap<string, CheckItem>): boolean =>
  mayMeet(reachOf(a, items), reachOf(b, items))

/** What a line may go to: what any of its items applies to, within its scope. */
export interface Reach {
  readonly applying: readonly (Applying | undefined)[]
  readonly scope?: ObjectScope
}

export const reachOf = ({ itemCodes, scope }: PlanLine, items: ReadonlyMap<string, CheckItem>): Reach => ({
  applying: itemCodes.map((code) => items.get(code)),
  ...(scope === undefined ? {} : { scope }),
})

/** False only where no object can be reached by both. */
export function mayMeet(a: Reach, b: Reach): boolean {
  if (!scopesMeet(a.scope, b.scope)) return false
  const within = (each: Applying | undefined): boolean => takesIn(a.scope, each) && takesIn(b.scope, each)
  const theirs = b.applying.filter(within)
  return a.applying.filter(within).some((left) => theirs.some((right) => mayApplyToOne(left, right)))
}

/** What an item, or a check without items, goes to. */
export type Applying = Pick<CheckItem, 'applicability'> & { readonly code: string }

/** False only where no object can fit both: no common kind, or industries alone that exclude each other. An item off the lists may fit any. */
export function mayApplyToOne(a: Applying | undefined, b: Applying | undefined): boolean {
  if (a === undefined || b === undefined || a.code === b.code) return true
  const [left, right] = [a.applicability, b.applicability]
  if (!left.kinds.some((kind) => right.kinds.includes(kind))) return false
  const byIndustryOnly = [left, right].every(({ industryPrefixes, tags }) => industryPrefixes.length > 0 && tags.length === 0)
  return !byIndustryOnly || left.industryPrefixes.some((x) => right.industryPrefixes.some((y) => industriesMeet(x, y)))
}

/** |A ∩ B| = |A| + |B| − |A ∪ B|, from three pool counts. */
export const sharedObjects = (a: number, b: number, either: number): number => Math.max(0, a + b - either)

/** Not more than `most` of the candidates, in their order: where there are more, those that share the most days. */
export const mostSharedDays = (candidates: readonly Candidate[], most: number): readonly Candidate[] =>
  heaviest(candidates, most, ({ windows }) => sum(windows.map(daysOf)))

const keyOf = ({ planId, line }: PlacedLine): string => `${planId}/${line.lineId}`

/** Greedy groups in the order of the lines: a line joins the first group it overlaps with every member of. */
export function mergeProposals(overlaps: readonly Overlap[]): readonly MergeProposal[] {
  const lines = new Map(overlaps.flatMap(({ a, b }) => [a, b]).map((line) => [keyOf(line), line]))
  const met = new Map([...lines.keys()].map((key) => [key, new Map<string, number>()]))
  for (const { a, b, objects } of overlaps) {
    met.get(keyOf(a))?.set(keyOf(b), objects)
    met.get(keyOf(b))?.set(keyOf(a), objects)
  }
  const groups: string[][] = []
  const groupOf = new Map<string, number>()
  for (const key of [...lines.keys()].sort()) {
    const place = firstWholly(
      groups,
      [...(met.get(key)?.keys() ?? [])].flatMap((other) => groupOf.get(other) ?? []),
    )
    groupOf.set(key, place)
    const group = groups[place]
    if (group === undefined) groups.push([key])
    else group.push(key)
  }
  return groups
    .filter((members) => members.length > 1)
    .map((members) => ({
      members: members.flatMap((key) => lines.get(key) ?? []),
      objects: Math.min(...pairsOf(members).map(([a, b]) => met.get(a)?.get(b) ?? 0)),
    }))
}

/** The first group that is met as many times as it has members, or the place of a new one. Only groups that are met at all are looked at: most are not. */
function firstWholly(groups: readonly (readonly string[])[], met: readonly number[]): number {
  const times = new Map<number, number>()
  for (const place of met) times.set(place, (times.get(place) ?? 0) + 1)
  const whole = [...times].flatMap(([place, count]) => (count === groups[place]?.length ? [place] : []))
  return Math.min(groups.length, ...whole)
}

const pairsOf = <T>(members: readonly T[]): readonly (readonly [T, T])[] =>
  members.flatMap((a, index) => members.slice(index + 1).map((b) => [a, b] as const))
