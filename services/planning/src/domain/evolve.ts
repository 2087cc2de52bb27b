import { assertNever } from '@dual-random/kernel'
import type { PlanEvent } from './commands.ts'
import { settledLines } from './decide.ts'
import { type Change, type Plan, type PlanVersion, workingVersion } from './plan.ts'

/** The plan after an event. An event that does not fit its state is a bug and throws. */
export function evolve(plan: Plan | undefined, event: PlanEvent): Plan {
  if (event.type === 'drafted') return event.plan
  if (plan === undefined) throw new Error(`${event.type} without a plan`)
  const next = changed(plan, event)
  // A version is opened by the act that then changes it.
  return event.type === 'version-opened' ? next : { ...next, updatedAt: event.act.at }
}

function changed(plan: Plan, event: Exclude<PlanEvent, { readonly type: 'drafted' }>): Plan {
  switch (event.type) {
    case 'version-opened': {
      const { number, lines, changes } = event
      return { ...plan, versions: [...plan.versions, { state: 'DRAFT', number, lines, changes }] }
    }
    case 'lines-added':
      return addLines(plan, event)
    case 'line-removed':
      return removeLine(plan, event)
    case 'filed':
      return withWorking(plan, filed(draftOf(plan), event))
    case 'accepted': {
      const { receipt, note, act } = event
      const version = filedOf(plan)
      return withWorking(plan, { ...version, state: 'ACCEPTED', acceptance: { receipt, ...(note === undefined ? {} : { note }), ...act } })
    }
    case 'returned':
      return withWorking(plan, { ...filedOf(plan), state: 'RETURNED', returned: { reason: event.reason, ...event.act } })
    case 'published':
      return withWorking(plan, published(workingVersion(plan), event))
    case 'closed':
      return { ...plan, closed: event.act }
    default:
      return assertNever(event)
  }
}

type EventOf<Type extends PlanEvent['type']> = Extract<PlanEvent, { readonly type: Type }>

function addLines(plan: Plan, { lines, reason, act }: EventOf<'lines-added'>): Plan {
  const version = draftOf(plan)
  const changes = reason === undefined ? [] : lines.map(({ lineId }): Change => ({ kind: 'ADD', lineId, reason, ...act }))
  const next = { ...version, lines: [...version.lines, ...lines], changes: [...version.changes, ...changes] }
  return { ...withWorking(plan, next), nextLine: plan.nextLine + lines.length }
}

function removeLine(plan: Plan, { lineId, reason, act }: EventOf<'line-removed'>): Plan {
  const version = draftOf(plan)
  const changes: readonly Change[] = reason === undefined ? [] : [{ kind: 'CANCEL', lineId, reason, ...act }]
  const lines = version.lines.filter((line) => line.lineId !== lineId)
  return withWorking(plan, { ...version, lines, changes: [...version.changes, ...changes] })
}

function filed(version: PlanVersion, { filedTo, dueDate, onTime, note, settlement, act }: EventOf<'filed'>): PlanVersion {
  const { number, changes } = version
  const filing = { filedTo, ...(dueDate === undefined ? {} : { dueDate }), onTime, ...(note === undefined ? {} : { note }), ...act }
  return { state: 'FILED', number, changes, lines: settledLines(version.lines, settlement), figures: settlement.figures, filing }
}

function published(version: PlanVersion, { channels, digest, settlement, act }: EventOf<'published'>): PlanVersion {
  const publication = { channels, digest, ...act }
  const settled =
    settlement === undefined ? version : { ...version, lines: settledLines(version.lines, settlement), figures: settlement.figures }
  return { ...settled, state: 'PUBLISHED', publication }
}

const withWorking = (plan: Plan, version: PlanVersion): Plan => ({ ...plan, versions: [...plan.versions.slice(0, -1), version] })

function inState<State extends PlanVersion['state']>(plan: Plan, state: State): Extract<PlanVersion, { readonly state: State }> {
  const version = workingVersion(plan)
  if (version.state !== state) throw new Error(`${plan.planId} is ${version.state}, not ${state}`)
  return version as Extract<PlanVersion, { readonly state: State }>
}

const draftOf = (plan: Plan): Extract<PlanVersion, { readonly state: 'DRAFT' }> => inState(plan, 'DRAFT')

const filedOf = (plan: Plan): Extract<PlanVersion, { readonly state: 'FILED' }> => inState(plan, 'FILED')
