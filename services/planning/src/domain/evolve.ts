import { assertNever } from '@dual-random/kernel'
import { withDelivery } from './channel-delivery.ts'
import type { PlanEvent } from './commands.ts'
import { settledContent } from './decide.ts'
import { type Act, type Change, isOncePublished, type Plan, type PlanVersion, workingVersion } from './plan.ts'
import type { UndrawnLine } from './undrawn-line.ts'

/** The plan after an event. An event that does not fit its state is a bug and throws. */
export function evolve(plan: Plan | undefined, event: PlanEvent): Plan {
  if (event.type === 'drafted') return event.plan
  if (plan === undefined) throw new Error(`${event.type} without a plan`)
  const next = changed(plan, event)
  // A version is opened by the act that then changes it; a delivery is no act on the plan (DQ-01).
  return event.type === 'version-opened' || event.type === 'delivery-told' ? next : { ...next, updatedAt: event.act.at }
}

function changed(plan: Plan, event: Exclude<PlanEvent, { readonly type: 'drafted' }>): Plan {
  switch (event.type) {
    case 'version-opened': {
      const { type: _type, ...draft } = event
      return { ...plan, versions: [...plan.versions, { state: 'DRAFT', ...draft }] }
    }
    case 'lines-added':
      return addLines(plan, event)
    case 'priorities-stated':
      return withWorking(plan, { ...draftOf(plan), priorities: event.priorities })
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
      return withWorking(superseding(plan, event.act), published(workingVersion(plan), event))
    case 'closed':
      return { ...plan, closed: event.act }
    case 'delivery-told':
      return delivered(plan, event)
    default:
      return assertNever(event)
  }
}

type EventOf<Type extends PlanEvent['type']> = Extract<PlanEvent, { readonly type: Type }>

function addLines(plan: Plan, { lines, undrawn = [], reason, act }: EventOf<'lines-added'>): Plan {
  const version = draftOf(plan)
  const changes = reason === undefined ? [] : [...lines, ...undrawn].map(({ lineId }): Change => ({ kind: 'ADD', lineId, reason, ...act }))
  const next = {
    ...version,
    lines: [...version.lines, ...lines],
    ...withUndrawn([...(version.undrawn ?? []), ...undrawn]),
    changes: [...version.changes, ...changes],
  }
  return { ...withWorking(plan, next), nextLine: plan.nextLine + lines.length + undrawn.length }
}

const withUndrawn = (undrawn: readonly UndrawnLine[]): Pick<PlanVersion, 'undrawn'> => (undrawn.length === 0 ? {} : { undrawn })

function removeLine(plan: Plan, { lineId, reason, act }: EventOf<'line-removed'>): Plan {
  const { undrawn = [], ...version } = draftOf(plan)
  const changes: readonly Change[] = reason === undefined ? [] : [{ kind: 'CANCEL', lineId, reason, ...act }]
  const lines = version.lines.filter((line) => line.lineId !== lineId)
  const left = withUndrawn(undrawn.filter((line) => line.lineId !== lineId))
  return withWorking(plan, { ...version, lines, ...left, changes: [...version.changes, ...changes] })
}

function filed(
  version: Extract<PlanVersion, { readonly state: 'DRAFT' }>,
  { filedTo, dueDate, onTime, note, settlement, act }: EventOf<'filed'>,
): PlanVersion {
  const { state: _state, ...content } = version
  const filing = { filedTo, ...(dueDate === undefined ? {} : { dueDate }), onTime, ...(note === undefined ? {} : { note }), ...act }
  return { ...content, state: 'FILED', ...settledContent(version, settlement), filing }
}

function published(version: PlanVersion, { channels, digest, settlement, act }: EventOf<'published'>): PlanVersion {
  const publication = { channels, digest, ...act }
  const settled = settlement === undefined ? version : { ...version, ...settledContent(version, settlement) }
  return { ...settled, state: 'PUBLISHED', publication }
}

const delivered = (plan: Plan, { version: number, delivery }: EventOf<'delivery-told'>): Plan => ({
  ...plan,
  versions: plan.versions.map((version) =>
    version.number === number && isOncePublished(version) ? withDelivery(version, delivery) : version,
  ),
})

/** What was in force until now, superseded by the working version. */
function superseding(plan: Plan, act: Act): Plan {
  const superseded = { version: workingVersion(plan).number, ...act }
  const versions = plan.versions.map(
    (version): PlanVersion => (version.state === 'PUBLISHED' ? { ...version, state: 'SUPERSEDED', superseded } : version),
  )
  return { ...plan, versions }
}

const withWorking = (plan: Plan, version: PlanVersion): Plan => ({ ...plan, versions: [...plan.versions.slice(0, -1), version] })

function inState<State extends PlanVersion['state']>(plan: Plan, state: State): Extract<PlanVersion, { readonly state: State }> {
  const version = workingVersion(plan)
  if (version.state !== state) throw new Error(`${plan.planId} is ${version.state}, not ${state}`)
  return version as Extract<PlanVersion, { readonly state: State }>
}

const draftOf = (plan: Plan): Extract<PlanVersion, { readonly state: 'DRAFT' }> => inState(plan, 'DRAFT')

const filedOf = (plan: Plan): Extract<PlanVersion, { readonly state: 'FILED' }> => inState(plan, 'FILED')
