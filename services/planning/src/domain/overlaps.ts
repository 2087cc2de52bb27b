import type { CheckItem } from './line-input.ts'
import type { DateWindow, LineBatch, PlanLine } from './plan.ts'

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

export const sharedWindows = (a: readonly LineBatch[], b: readonly LineBatch[]): readonly DateWindow[] =>
  a.flatMap((left) =>
    b.flatMap((right) => {
      const start = left.window.start > right.window.start ? left.window.start : right.window.start
      const end = left.window.end < right.window.end ? left.window.end : right.window.end
      return start <= end ? [{ start, end }] : []
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
      const windows = sharedWindows(a.line.batches, b.line.batches)
      return windows.length > 0 && mayShareObjects(a.line, b.line, items) ? [{ a, b, windows }] : []
    }),
  )
}

/** False only where no object can fit both. */
export const mayShareObjects = (a: PlanLine, b: PlanLine, items: ReadonlyMap<string, CheckItem>): boolean =>
  a.itemCodes.some((left) => b.itemCodes.some((right) => mayApplyToOne(items.get(left), items.get(right))))

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

/** GB/T 4754 codes come with or without the letter of their section: F52, 5211. */
function industriesMeet(a: string, b: string): boolean {
  const [left, right] = [a, b].map((code) => ({ section: /^[A-Z]/.exec(code)?.[0] ?? '', digits: code.replace(/^[A-Z]/, '') }))
  if (left === undefined || right === undefined) return true
  if (left.section !== '' && right.section !== '' && left.section !== right.section) return false
  return left.digits.startsWith(right.digits) || right.digits.startsWith(left.digits)
}

/** |A ∩ B| = |A| + |B| − |A ∪ B|, from three pool counts. */
export const sharedObjects = (a: number, b: number, either: number): number => Math.max(0, a + b - either)

const keyOf = ({ planId, line }: PlacedLine): string => `${planId}/${line.lineId}`

/** Greedy groups in the order of the lines: a line joins the first group it overlaps with every member of. */
export function mergeProposals(overlaps: readonly Overlap[]): readonly MergeProposal[] {
  const objects = new Map(
    overlaps.flatMap(({ a, b, objects: shared }) => [
      [`${keyOf(a)} ${keyOf(b)}`, shared],
      [`${keyOf(b)} ${keyOf(a)}`, shared],
    ]),
  )
  const lines = new Map(overlaps.flatMap(({ a, b }) => [a, b]).map((line) => [keyOf(line), line]))
  const groups: PlacedLine[][] = []
  for (const line of [...lines.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))) {
    const home = groups.find((members) => members.every((member) => objects.has(`${keyOf(member)} ${keyOf(line)}`)))
    if (home === undefined) groups.push([line])
    else home.push(line)
  }
  return groups
    .filter((members) => members.length > 1)
    .map((members) => ({ members, objects: Math.min(...pairsOf(members).map(([a, b]) => objects.get(`${keyOf(a)} ${keyOf(b)}`) ?? 0)) }))
}

const pairsOf = <T>(members: readonly T[]): readonly (readonly [T, T])[] =>
  members.flatMap((a, index) => members.slice(index + 1).map((b) => [a, b] as const))
