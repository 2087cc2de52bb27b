import { assertNever, endOfChinaDate, err, type LineId, type LocalDate, ok, type RegionCode, type Result } from '@dual-random/kernel'
import { batchKey, type PlanCommand, type PlanError, type PlanEvent, type Settlement } from './commands.ts'
import { isOnTime } from './filing-status.ts'
import { allLines, type Plan, type PlanLine, type PlanVersion, planIdOf, planState, publishedVersion, workingVersion } from './plan.ts'
import type { Priority } from './priorities.ts'
import { versionDigest } from './published-line.ts'
import type { UndrawnLine } from './undrawn-line.ts'

type Decision = Result<readonly PlanEvent[], PlanError>

type CommandOf<Type extends PlanCommand['type']> = Extract<PlanCommand, { readonly type: Type }>

/** What a command does to a plan; an empty list when it was already done, so that every command may be sent again. */
export function decide(plan: Plan | undefined, command: PlanCommand): Decision {
  if (command.type === 'draft') return plan === undefined ? ok([drafted(command)]) : ok([])
  if (plan === undefined) throw new Error(`${command.type} without a plan`)
  if (plan.closed !== undefined) return command.type === 'close' ? ok([]) : err({ code: 'plan-closed' })
  switch (command.type) {
    case 'add-lines':
      return addLines(plan, command)
    case 'state-priorities':
      return statePriorities(plan, command)
    case 'remove-line':
      return removeLine(plan, command)
    case 'file':
      return file(plan, command)
    case 'accept':
      return accept(plan, command)
    case 'return':
      return returnVersion(plan, command)
    case 'publish':
      return publish(plan, command)
    case 'adjust':
      return adjust(plan, command)
    case 'close':
      return close(plan, command)
    default:
      return assertNever(command)
  }
}

function drafted({ header, policy, policyDigest, selection, rationale, act }: CommandOf<'draft'>): PlanEvent {
  const plan: Plan = {
    ...header,
    planId: planIdOf(header),
    policy,
    policyDigest,
    ...(selection === undefined ? {} : { selection }),
    ...(rationale === undefined ? {} : { rationale }),
    drafted: act,
    updatedAt: act.at,
    nextLine: 1,
    versions: [{ state: 'DRAFT', number: 1, lines: [], changes: [] }],
  }
  return { type: 'drafted', plan }
}

/** The event that makes the working version editable: none for a draft, a copy for a returned version. */
function editable(plan: Plan): Result<readonly PlanEvent[], PlanError> {
  const version = workingVersion(plan)
  if (version.state === 'DRAFT') return ok([])
  if (version.state === 'RETURNED') return ok([opened(version)])
  return err({ code: 'plan-not-draft', state: planState(plan) })
}

const opened = ({ number, lines, undrawn, priorities, changes }: PlanVersion): PlanEvent => ({
  type: 'version-opened',
  number: number + 1,
  lines,
  ...(undrawn === undefined ? {} : { undrawn }),
  ...(priorities === undefined ? {} : { priorities }),
  changes,
})

function addLines(plan: Plan, { lines, undrawn = [], act }: CommandOf<'add-lines'>): Decision {
  if (broughtBefore(plan, lines[0]?.commandId ?? undrawn[0]?.commandId)) return ok([])
  if (publishedVersion(plan) !== undefined) return err({ code: 'plan-adjusting' })
  const open = editable(plan)
  return open.ok ? ok([...open.value, { type: 'lines-added', lines, ...(undrawn.length === 0 ? {} : { undrawn }), act }]) : open
}

const broughtBefore = (plan: Plan, commandId: string | undefined): boolean =>
  commandId !== undefined && allLines(workingVersion(plan)).some((line) => line.commandId === commandId)

const samePriorities = (now: readonly Priority[], then: readonly Priority[]): boolean =>
  now.length === then.length && now.every(({ aspect, text }, index) => aspect === then[index]?.aspect && text === then[index]?.text)

/** Priorities are those of a version: what was filed or published keeps its own. */
function statePriorities(plan: Plan, { priorities, act }: CommandOf<'state-priorities'>): Decision {
  if (samePriorities(workingVersion(plan).priorities ?? [], priorities)) return ok([])
  const open = editable(plan)
  return open.ok ? ok([...open.value, { type: 'priorities-stated', priorities, act }]) : open
}

function removeLine(plan: Plan, { lineId, act }: CommandOf<'remove-line'>): Decision {
  if (publishedVersion(plan) !== undefined) return err({ code: 'plan-adjusting' })
  const open = editable(plan)
  if (!open.ok) return open
  if (!hasLine(workingVersion(plan), lineId)) return err({ code: 'line-not-in-plan', lineId })
  return ok([...open.value, { type: 'line-removed', lineId, act }])
}

const hasLine = (version: PlanVersion, lineId: LineId): boolean => allLines(version).some((line) => line.lineId === lineId)

/** Whether the working version still has to be filed, or already is. */
export function filingDue(plan: Plan): Result<'needed' | 'done', PlanError> {
  const version = workingVersion(plan)
  if (plan.closed !== undefined) return err({ code: 'plan-closed' })
  if (version.state === 'FILED' || version.state === 'ACCEPTED') return ok('done')
  if (version.state === 'PUBLISHED') return err({ code: 'plan-already-published' })
  return allLines(version).length === 0 ? err({ code: 'plan-without-lines' }) : ok('needed')
}

function file(plan: Plan, { filedTo, due, note, settlement, act }: CommandOf<'file'>): Decision {
  const filing = filingDue(plan)
  if (!filing.ok) return filing
  if (filing.value === 'done') return ok([])
  const version = workingVersion(plan)
  const filed: PlanEvent = {
    type: 'filed',
    filedTo,
    ...(due === undefined ? {} : { dueDate: due.date }),
    onTime: isOnTime(act.at, due),
    ...(note === undefined ? {} : { note }),
    settlement,
    act,
  }
  return ok(version.state === 'RETURNED' ? [opened(version), filed] : [filed])
}

function accept(plan: Plan, { receipt, note, act }: CommandOf<'accept'>): Decision {
  const version = workingVersion(plan)
  if (version.state === 'ACCEPTED' || (version.state === 'PUBLISHED' && version.acceptance !== undefined)) return ok([])
  if (version.state !== 'FILED') return err({ code: 'plan-not-filed', state: planState(plan) })
  return ok([{ type: 'accepted', receipt, ...(note === undefined ? {} : { note }), act }])
}

function returnVersion(plan: Plan, { reason, act }: CommandOf<'return'>): Decision {
  const version = workingVersion(plan)
  if (version.state === 'RETURNED') return ok([])
  if (version.state !== 'FILED') return err({ code: 'plan-not-filed', state: planState(plan) })
  return ok([{ type: 'returned', reason, act }])
}

/** Whether the working version still has to be published; `filedTo` is where the policy wants it filed, undefined where nowhere. */
export function publicationDue(plan: Plan, filedTo: RegionCode | undefined): Result<'needed' | 'done', PlanError> {
  const version = workingVersion(plan)
  if (plan.closed !== undefined) return err({ code: 'plan-closed' })
  if (version.state === 'PUBLISHED') return ok('done')
  const ready = version.state === 'ACCEPTED' || (filedTo === undefined && version.state !== 'RETURNED')
  if (!ready) return err({ code: 'plan-not-accepted', state: planState(plan) })
  return allLines(version).length === 0 ? err({ code: 'plan-without-lines' }) : ok('needed')
}

function publish(plan: Plan, { filedTo, channels, settlement, openDraws, act }: CommandOf<'publish'>): Decision {
  const publication = publicationDue(plan, filedTo)
  if (!publication.ok) return publication
  if (publication.value === 'done') return ok([])
  const version = workingVersion(plan)
  const kept = publishedVersion(plan)?.lines.find(({ lineId }) => openDraws.has(lineId) && !hasLine(version, lineId))
  if (kept !== undefined) return err({ code: 'line-has-open-draw', lineId: kept.lineId })
  if (version.state === 'DRAFT' && settlement === undefined) throw new Error(`publishing ${plan.planId} without its settlement`)
  const digest = versionDigest(plan, settlement === undefined ? version : { ...version, ...settledContent(version, settlement) })
  return ok([{ type: 'published', channels, digest, ...(settlement === undefined ? {} : { settlement }), act }])
}

function adjust(plan: Plan, { commandId, reason, add, addUndrawn = [], cancel, openDraws, act }: CommandOf<'adjust'>): Decision {
  const added = add.length + addUndrawn.length
  const inForce = publishedVersion(plan)
  const version = workingVersion(plan)
  if (inForce === undefined) return err({ code: 'plan-not-published' })
  if (added === 0 && cancel.length === 0) return err({ code: 'adjustment-empty' })
  if (added > 0 ? broughtBefore(plan, commandId) : cancel.every((lineId) => isCancelled(version, lineId))) return ok([])
  if (version.state === 'FILED' || version.state === 'ACCEPTED') return err({ code: 'plan-not-draft', state: planState(plan) })
  for (const lineId of cancel) {
    if (!hasLine(version, lineId)) return err({ code: 'line-not-in-plan', lineId })
    if (openDraws.has(lineId)) return err({ code: 'line-has-open-draw', lineId })
  }
  return ok([
    ...(version.state === 'DRAFT' ? [] : [opened(version.state === 'PUBLISHED' ? { ...version, changes: [] } : version)]),
    ...cancel.map((lineId): PlanEvent => ({ type: 'line-removed', lineId, reason, act })),
    ...(added === 0
      ? []
      : [{ type: 'lines-added', lines: add, ...(addUndrawn.length === 0 ? {} : { undrawn: addUndrawn }), reason, act } as const]),
  ])
}

const isCancelled = (version: PlanVersion, lineId: LineId): boolean =>
  version.changes.some((change) => change.kind === 'CANCEL' && change.lineId === lineId)

function close(plan: Plan, { act }: CommandOf<'close'>): Decision {
  if (publishedVersion(plan) === undefined) return err({ code: 'plan-not-published' })
  const yearEnd = endOfChinaDate(`${plan.year}-12-31` as LocalDate)
  return act.at > yearEnd ? ok([{ type: 'closed', act }]) : err({ code: 'plan-year-not-over', year: plan.year })
}

/** What of a version's content its settlement says. */
export const settledContent = (
  { lines, undrawn }: Pick<PlanVersion, 'lines' | 'undrawn'>,
  settlement: Settlement,
): Pick<PlanVersion, 'lines' | 'undrawn' | 'figures'> => ({
  lines: settledLines(lines, settlement),
  ...(undrawn === undefined ? {} : { undrawn: settledUndrawn(undrawn, settlement) }),
  figures: settlement.figures,
})

const settledUndrawn = (undrawn: readonly UndrawnLine[], { coveredBy }: Settlement): readonly UndrawnLine[] =>
  undrawn.map((line) => ({ ...line, coveredBy: coveredBy?.get(line.lineId) ?? line.coveredBy }))

/** Lines with the merge windows their batches were given, and their reasons as they were judged. */
export const settledLines = (
  lines: readonly PlanLine[],
  { mergeWindowIds, reasons }: Pick<Settlement, 'mergeWindowIds' | 'reasons'>,
): readonly PlanLine[] =>
  lines.map((line) => ({
    ...line,
    reasons: reasons?.get(line.lineId) ?? line.reasons,
    batches: line.batches.map((batch) => {
      const mergeWindowId = mergeWindowIds.get(batchKey(line.lineId, batch.number))
      return mergeWindowId === undefined ? batch : { ...batch, mergeWindowId }
    }),
  }))
