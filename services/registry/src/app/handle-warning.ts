import { appError } from '@dual-random/errors'
import type { Clock, Result, UnitId } from '@dual-random/kernel'
import { assertNever } from '@dual-random/kernel'
import { closeWarning, giveToTask, type WarningItem, type WarningRefusal } from '../domain/warning-item.ts'
import { confirmWarnings } from './confirm-warnings.ts'
import type { ResultDeliveries } from './delivery-ports.ts'
import type { Caller } from './ports.ts'
import { requireVersion } from './precondition.ts'
import type { Warnings } from './warning-ports.ts'

export interface HandleWarningDeps {
  readonly warnings: Warnings
  readonly deliveries: ResultDeliveries
  readonly clock: Clock
}

/** Of which version the caller decided; undefined where it did not say. */
export type ExpectedVersion = number | undefined

export interface TaskRequest {
  readonly taskId: string
  readonly taskNumber: string
  readonly reason?: string | undefined
}

export interface HandledWarning {
  readonly warning: WarningItem
  readonly version: number
}

/** Turns a warning into a check task (CRD-14). A result the task has already counts at once. */
export async function giveWarningToTask(
  { warnings, deliveries, clock }: HandleWarningDeps,
  caller: Caller,
  warningId: string,
  { taskId, taskNumber, reason }: TaskRequest,
  expected: ExpectedVersion,
): Promise<HandledWarning> {
  const link = { taskId, taskNumber, reason: reason ?? null, by: caller.subject, at: clock() }
  await decide(warnings, caller, warningId, expected, (warning) => giveToTask(warning, link))
  for (const { notice } of await deliveries.ofTask(taskId)) await confirmWarnings(warnings, notice)
  return required(warnings, warningId)
}

/** Closes a warning with a reason instead (CRD-14). */
export async function closeWithReason(
  { warnings, clock }: HandleWarningDeps,
  caller: Caller,
  warningId: string,
  reason: string,
  expected: ExpectedVersion,
): Promise<HandledWarning> {
  await decide(warnings, caller, warningId, expected, (warning) => closeWarning(warning, reason, { by: caller.subject, at: clock() }))
  return required(warnings, warningId)
}

export async function required(warnings: Warnings, warningId: string): Promise<HandledWarning> {
  const found = await warnings.load(warningId)
  if (found === undefined) throw unknownWarning(warningId)
  return { warning: found.state, version: found.version }
}

async function decide(
  warnings: Warnings,
  { unitId }: Caller,
  warningId: string,
  expected: ExpectedVersion,
  next: (warning: WarningItem) => Result<WarningItem, WarningRefusal>,
): Promise<void> {
  await warnings.update(warningId, (current) => {
    if (current === undefined) throw unknownWarning(warningId)
    requireOwner(current.state, unitId)
    requireVersion(current.version, expected)
    const result = next(current.state)
    if (!result.ok) throw refusal(result.error)
    return result.value === current.state ? undefined : { state: result.value, events: [] }
  })
}

/** The unit whose pool the object is in answers for its warnings. */
function requireOwner(warning: WarningItem, unitId: UnitId): void {
  if (warning.unitId !== unitId) throw appError('forbidden', 'unit-not-allowed', { meta: { unitId: warning.unitId } })
}

const unknownWarning = (id: string) => appError('not-found', 'not-found', { meta: { what: '预警事项', id } })

function refusal(error: WarningRefusal) {
  switch (error.code) {
    case 'warning-settled':
      return appError('failed-precondition', error.code, { meta: { status: error.status } })
    case 'warning-has-task':
      return appError('failed-precondition', error.code, { meta: { taskNumber: error.taskNumber } })
    default:
      return assertNever(error)
  }
}
