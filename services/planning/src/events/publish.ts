import { events, planTypes } from '@dual-random/contracts'
import { assertNever, type UnitId } from '@dual-random/kernel'
import { type NewEvent, newEvent } from '@dual-random/mongo'
import type { PlanEvent } from '../domain/commands.ts'
import { evolve } from '../domain/evolve.ts'
import { allLines, type Plan, type PlanLine, publishedVersion, workingVersion } from '../domain/plan.ts'
import type { UndrawnLine } from '../domain/undrawn-line.ts'

const { planDrafted, planFiled, planAccepted, planReturned, planPublished, planClosed } = events.planning

/** The plan after its events, and what the other services are told of them. */
export function tell(
  before: Plan | undefined,
  happened: readonly PlanEvent[],
): { readonly plan: Plan; readonly told: readonly NewEvent[] } {
  let plan = before
  const told: NewEvent[] = []
  for (const event of happened) {
    const evolved = evolve(plan, event)
    told.push(...contractEvent(plan, evolved, event))
    plan = evolved
  }
  if (plan === undefined) throw new Error('no events and no plan')
  return { plan, told }
}

const headOf = ({ planId, regionCode, unitId }: Plan) => ({ planId, regionCode, unitId })

/** Edits of a draft concern nobody else, and of a delivery publication has told itself. */
function contractEvent(before: Plan | undefined, plan: Plan, event: PlanEvent): readonly NewEvent[] {
  const planVersion = workingVersion(plan).number
  const head = { ...headOf(plan), planVersion }
  switch (event.type) {
    case 'drafted':
    case 'version-opened':
      return [newEvent(planDrafted, { ...head, ...kindOf(plan), lineCount: allLines(workingVersion(plan)).length })]
    case 'filed': {
      const due = event.dueDate === undefined ? {} : { dueDate: event.dueDate }
      return [newEvent(planFiled, { ...head, filedToRegionCode: event.filedTo, filedAt: event.act.at, ...due, onTime: event.onTime })]
    }
    case 'accepted':
      return [newEvent(planAccepted, { ...head, receipt: event.receipt })]
    case 'returned':
      return [newEvent(planReturned, { ...head, reason: event.reason })]
    case 'published':
      return [newEvent(planPublished, publishedMessage(before, plan, event.digest))]
    case 'closed':
      return [newEvent(planClosed, { ...headOf(plan), planVersion: published(plan).number, closedAt: event.act.at })]
    case 'lines-added':
    case 'priorities-stated':
    case 'line-removed':
    case 'delivery-told':
      return []
    default:
      return assertNever(event)
  }
}

const kindOf = ({ year, planType }: Plan) => ({ year, planType: planTypes.toWire(planType) })

function published(plan: Plan) {
  const version = publishedVersion(plan)
  if (version === undefined) throw new Error(`${plan.planId} is not published`)
  return version
}

function publishedMessage(before: Plan | undefined, plan: Plan, digest: string) {
  const { number, lines, undrawn = [] } = published(plan)
  const superseded = before === undefined ? undefined : publishedVersion(before)
  return {
    ...headOf(plan),
    ...kindOf(plan),
    planVersion: number,
    lines: lines.map(publishedLine),
    policy: { ...plan.policy },
    digest,
    ...(undrawn.length === 0 ? {} : { undrawn: { lines: undrawn.map(publishedUndrawn) } }),
    ...(superseded === undefined ? {} : { supersededVersion: superseded.number }),
  }
}

const withoutInitiator = (unitIds: readonly UnitId[], initiatorUnitId: UnitId): UnitId[] =>
  unitIds.filter((unitId) => unitId !== initiatorUnitId)

const publishedUndrawn = ({ lineId, kind, taskName, itemCodes, initiatorUnitId, unitIds, window, matter }: UndrawnLine) => ({
  lineId,
  kind,
  taskName,
  itemCodes: [...itemCodes],
  initiatorUnitId,
  participantUnitIds: withoutInitiator(unitIds, initiatorUnitId),
  window: { start: window.start, end: window.end },
  ...(matter === undefined ? {} : { matterId: matter.matterId }),
})

const publishedLine = ({ lineId, taskName, itemCodes, initiatorUnitId, units, batches }: PlanLine) => ({
  lineId,
  taskName,
  itemCodes: [...itemCodes],
  initiatorUnitId,
  participantUnitIds: withoutInitiator(
    units.map(({ unitId }) => unitId),
    initiatorUnitId,
  ),
  batches: batches.map(({ number, window, mergeWindowId }) => ({
    number,
    window: { start: window.start, end: window.end },
    mergeWindowId: mergeWindowId ?? '',
  })),
})
