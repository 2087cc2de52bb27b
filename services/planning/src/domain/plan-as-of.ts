import type { Instant, LineId, LocalDate } from '@dual-random/kernel'
import { deliveriesAsOf } from './channel-delivery.ts'
import {
  allLines,
  type Change,
  type DateWindow,
  isOncePublished,
  type OncePublishedVersion,
  type Plan,
  type PlanLine,
  type PlanVersion,
  publishedVersion,
} from './plan.ts'
import type { UndrawnLine } from './undrawn-line.ts'

/**
 * The plan as it stood at an instant, from its versions and the acts on them; undefined before it was drafted. What was filed or published is
 * told as it was. The lines of an adjustment follow from its changes; those of a draft that nothing was published before were nobody's
 * yet and are not kept: they are left out (ACC-02).
 */
export function planAsOf(plan: Plan, at: Instant): Plan | undefined {
  if (plan.drafted.at > at) return undefined
  const versions: PlanVersion[] = []
  for (const version of plan.versions) {
    if (version.number > 1 && firstAct(version, plan.updatedAt) > at) break
    versions.push(versionAsOf(version, versions, at))
  }
  const { closed, ...open } = plan
  const acts = [plan.drafted.at, ...plan.versions.flatMap(actsOn), ...(closed === undefined ? [] : [closed.at])].filter((act) => act <= at)
  return { ...open, versions, updatedAt: latest(acts), ...(closed === undefined || closed.at > at ? {} : { closed }) }
}

const latest = (acts: readonly Instant[]): Instant => acts.reduce((a, b) => (a > b ? a : b))
const earliest = (acts: readonly Instant[]): Instant => acts.reduce((a, b) => (a < b ? a : b))

/** When anything was done on a version, as far as it is dated: edits of a draft are not. */
function actsOn(version: PlanVersion): readonly Instant[] {
  const changes = version.changes.map(({ at }) => at)
  if (version.state === 'DRAFT') return changes
  return [
    ...changes,
    ...(version.filing === undefined ? [] : [version.filing.at]),
    ...('acceptance' in version && version.acceptance !== undefined ? [version.acceptance.at] : []),
    ...(version.state === 'RETURNED' ? [version.returned.at] : []),
    ...('publication' in version ? [version.publication.at] : []),
    ...(version.state === 'SUPERSEDED' ? [version.superseded.at] : []),
  ]
}

/** A version that bears no date was opened by the last edit of the plan. */
function firstAct(version: PlanVersion, updatedAt: Instant): Instant {
  const acts = actsOn(version)
  return acts.length === 0 ? updatedAt : earliest(acts)
}

function versionAsOf(version: PlanVersion, before: readonly PlanVersion[], at: Instant): PlanVersion {
  if (version.state === 'DRAFT') return draftAsOf(version, before, at)
  if (isOncePublished(version) && version.publication.at <= at) return publishedAsOf(version, at)
  if (version.state === 'RETURNED' && version.returned.at <= at) return version
  const { filing } = version
  if (filing === undefined || filing.at > at) return draftAsOf(version, before, at)
  const acceptance = 'acceptance' in version ? version.acceptance : undefined
  const content = contentOf(version)
  if (acceptance === undefined || acceptance.at > at) return { ...content, state: 'FILED', filing }
  return { ...content, state: 'ACCEPTED', filing, acceptance }
}

/** In force until its successor was published. */
function publishedAsOf(once: OncePublishedVersion, at: Instant): PlanVersion {
  const version = deliveriesAsOf(once, at)
  if (version.state === 'PUBLISHED' || version.superseded.at <= at) return version
  const { superseded: _superseded, ...published } = version
  return { ...published, state: 'PUBLISHED' }
}

function contentOf({ number, lines, undrawn, priorities, changes, figures }: PlanVersion) {
  return {
    number,
    lines,
    ...(undrawn === undefined ? {} : { undrawn }),
    ...(priorities === undefined ? {} : { priorities }),
    changes,
    ...(figures === undefined ? {} : { figures }),
  }
}

function draftAsOf(version: PlanVersion, before: readonly PlanVersion[], at: Instant): PlanVersion {
  const base = before.findLast(({ state }) => state === 'PUBLISHED')
  const { number } = version
  const changes = version.changes.filter((change) => change.at <= at)
  if (base === undefined) return { state: 'DRAFT', number, lines: [], changes }
  const undrawn = changed(base.undrawn ?? [], version.undrawn ?? [], changes)
  return {
    state: 'DRAFT',
    number,
    lines: changed(base.lines, version.lines.map(unsettled), changes),
    ...(undrawn.length === 0 ? {} : { undrawn }),
    ...(base.priorities === undefined ? {} : { priorities: base.priorities }),
    changes,
  }
}

/** The lines of the version before after some changes; what they add stands in `later`. */
function changed<L extends { readonly lineId: LineId }>(
  before: readonly L[],
  later: readonly L[],
  changes: readonly Change[],
): readonly L[] {
  const known = new Map<LineId, L>([...later, ...before].map((line) => [line.lineId, line]))
  const ids = new Set<LineId>(before.map(({ lineId }) => lineId))
  for (const { kind, lineId } of changes) {
    if (kind === 'ADD') ids.add(lineId)
    else ids.delete(lineId)
  }
  return [...ids].flatMap((lineId) => known.get(lineId) ?? [])
}

/** Merge windows are given at the filing, which had not come. */
const unsettled = (line: PlanLine): PlanLine => ({
  ...line,
  batches: line.batches.map(({ mergeWindowId: _mergeWindowId, ...batch }) => batch),
})

/** A batch on a day: before, in or after its window, whose last day is when it is due. */
export interface BatchOnDay {
  readonly number: number
  readonly window: DateWindow
  readonly deadline: LocalDate
  readonly phase: 'BEFORE' | 'OPEN' | 'PASSED'
}

/** What held for a line on a day: whether a published version had it, its windows, and whether their time limits had passed (ACC-02). */
export type LineOnDay =
  | {
      readonly status: 'IN_FORCE'
      readonly version: number
      readonly line: PlanLine | UndrawnLine
      readonly batches: readonly BatchOnDay[]
    }
  /** `version` is the first in force without it. */
  | { readonly status: 'CANCELLED'; readonly version: number; readonly reason?: string }
  | { readonly status: 'NOT_PUBLISHED' }

/** `plan` is as of the day. */
export function lineOnDay(plan: Plan, lineId: LineId, day: LocalDate): LineOnDay {
  const inForce = publishedVersion(plan)
  const line = inForce === undefined ? undefined : allLines(inForce).find((each) => each.lineId === lineId)
  if (inForce !== undefined && line !== undefined) {
    return { status: 'IN_FORCE', version: inForce.number, line, batches: batchesOf(line).map((batch) => batchOnDay(batch, day)) }
  }
  const published = plan.versions.filter(isOncePublished)
  const last = published.findLastIndex((version) => allLines(version).some((each) => each.lineId === lineId))
  const without = last < 0 ? undefined : published[last + 1]
  if (without === undefined) return { status: 'NOT_PUBLISHED' }
  const reason = without.changes.find((change) => change.kind === 'CANCEL' && change.lineId === lineId)?.reason
  return { status: 'CANCELLED', version: without.number, ...(reason === undefined ? {} : { reason }) }
}

/** What is checked without a draw is checked at one time. */
const batchesOf = (line: PlanLine | UndrawnLine): readonly Pick<BatchOnDay, 'number' | 'window'>[] =>
  'batches' in line ? line.batches : [{ number: 1, window: line.window }]

const batchOnDay = ({ number, window }: Pick<BatchOnDay, 'number' | 'window'>, day: LocalDate): BatchOnDay => ({
  number,
  window,
  deadline: window.end,
  phase: day < window.start ? 'BEFORE' : day > window.end ? 'PASSED' : 'OPEN',
})
