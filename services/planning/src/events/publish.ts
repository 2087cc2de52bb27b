import { events, planTypes } from '@dual-random/contracts'
import { assertNever } from '@dual-random/kernel'
import { type NewEvent, newEvent } from '@dual-random/mongo'
import type { PlanEvent } from '../domain/commands.ts'
import { evolve } from '../domain/evolve.ts'
import { allLines, type Plan, type PlanLine, publishedVersion, workingVersion } from '../domain/plan.ts'

const { planDrafted, planFiled, planAccepted, planReturned, planPublished } = events.planning

/** The plan after its events, and what the other services are told of them. */
export function tell(
  before: Plan | undefined,
  happened: readonly PlanEvent[],
): { readonly plan: Plan; readonly told: readonly NewEvent[] } {
  let plan = before
  const told: NewEvent[] = []
  for (const event of happened) {
    plan = evolve(plan, event)
    told.push(...contractEvent(plan, event))
  }
  if (plan === undefined) throw new Error('no events and no plan')
  return { plan, told }
}

const headOf = ({ planId, regionCode, unitId }: Plan) => ({ planId, regionCode, unitId })

/** Edits of a draft and closing concern nobody else. */
function contractEvent(plan: Plan, event: PlanEvent): readonly NewEvent[] {
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
      return [newEvent(planPublished, publishedMessage(plan, event.digest))]
    case 'lines-added':
    case 'priorities-stated':
    case 'line-removed':
    case 'closed':
      return []
    default:
      return assertNever(event)
  }
}

const kindOf = ({ year, planType }: Plan) => ({ year, planType: planTypes.toWire(planType) })

function publishedMessage(plan: Plan, digest: string) {
  const version = publishedVersion(plan)
  if (version === undefined) throw new Error(`${plan.planId} is not published`)
  return {
    ...headOf(plan),
    ...kindOf(plan),
    planVersion: version.number,
    lines: version.lines.map(publishedLine),
    policy: { ...plan.policy },
    digest,
  }
}

const publishedLine = ({ lineId, taskName, itemCodes, initiatorUnitId, units, batches }: PlanLine) => ({
  lineId,
  taskName,
  itemCodes: [...itemCodes],
  initiatorUnitId,
  participantUnitIds: units.map(({ unitId }) => unitId).filter((unitId) => unitId !== initiatorUnitId),
  batches: batches.map(({ number, window, mergeWindowId }) => ({
    number,
    window: { start: window.start, end: window.end },
    mergeWindowId: mergeWindowId ?? '',
  })),
})
