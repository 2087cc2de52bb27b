import {
  addDays,
  chinaDateOf,
  err,
  type Instant,
  type LocalDate,
  type ObjectId,
  ok,
  type RegionCode,
  type Result,
  type UnitId,
} from '@dual-random/kernel'

/** Where a warning comes from: the classification system (CRD-14), risk information collected of a field (CRD-20), the credit module here (CRD-19). */
export const warningSources = ['CREDIT_CLASSIFICATION', 'RISK_INFORMATION', 'CREDIT_MODULE'] as const
export type WarningSource = (typeof warningSources)[number]

/** What the sender wrote. `number` is the sender's and unique within the source. */
export interface WarningContent {
  readonly source: WarningSource
  readonly number: string
  /** Field of the risk (食品, 药品, 特种设备, 工业产品质量 …); null where the sender names none. */
  readonly field: string | null
  readonly matter: string
  readonly raisedAt: Instant
  /** By when it must be a task or closed; null where neither the sender nor policy says. */
  readonly dueDate: LocalDate | null
}

export interface Act {
  readonly by: string
  readonly at: Instant
}

export interface TaskLink extends Act {
  readonly taskId: string
  readonly taskNumber: string
  /** Why an earlier task was not the one. */
  readonly reason: string | null
}

interface Common {
  readonly warningId: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly objectId: ObjectId
  readonly objectCode: string
  readonly content: WarningContent
  readonly receivedAt: Instant
  /** Every task the warning was ever given to, oldest first: none is forgotten when another takes its place. */
  readonly links: readonly TaskLink[]
  /** Tasks that turned out to be at another object; the warning went back to OPEN. */
  readonly misdirected: readonly string[]
}

/** A warning item (预警事项): a check task or a closing reason, and nothing in between lets it rest (CRD-14). */
export type WarningItem =
  | (Common & { readonly status: 'OPEN' })
  | (Common & { readonly status: 'TASKED'; readonly taskId: string })
  | (Common & { readonly status: 'CHECKED'; readonly taskId: string; readonly resultId: string; readonly checkedAt: Instant })
  | (Common & { readonly status: 'CLOSED'; readonly closing: Act & { readonly reason: string } })

export const warningStatuses = ['OPEN', 'TASKED', 'CHECKED', 'CLOSED'] as const
export type WarningStatus = (typeof warningStatuses)[number]

export type WarningRefusal =
  | { readonly code: 'warning-settled'; readonly status: WarningStatus }
  | { readonly code: 'warning-has-task'; readonly taskNumber: string }

const common = ({ warningId, regionCode, unitId, objectId, objectCode, content, receivedAt, links, misdirected }: WarningItem): Common => ({
  warningId,
  regionCode,
  unitId,
  objectId,
  objectCode,
  content,
  receivedAt,
  links,
  misdirected,
})

export type NewWarning = Omit<Common, 'links' | 'misdirected'>

export const raisedWarning = (warning: NewWarning): WarningItem => ({ ...warning, links: [], misdirected: [], status: 'OPEN' })

/** The last day to act: the sender's, else `days` after the day of receipt, else none. */
export const warningDue = (given: LocalDate | undefined, days: number | undefined, receivedAt: Instant): LocalDate | null =>
  given ?? (days === undefined ? null : addDays(chinaDateOf(receivedAt), days))

/** A warning sent again: the same content changes nothing, an amended one is kept while the warning is not settled. */
export function amended(warning: WarningItem, content: WarningContent): WarningItem | undefined {
  const known = warning.content
  const dueDate = content.dueDate ?? known.dueDate
  const same =
    known.field === content.field && known.matter === content.matter && known.raisedAt === content.raisedAt && known.dueDate === dueDate
  return same || isSettled(warning) ? undefined : { ...warning, content: { ...content, dueDate } }
}

const isSettled = ({ status }: WarningItem): boolean => status === 'CHECKED' || status === 'CLOSED'

/** Gives the warning to a check task. Another task than the one it has asks for a reason; the same one changes nothing. */
export function giveToTask(warning: WarningItem, link: TaskLink): Result<WarningItem, WarningRefusal> {
  if (isSettled(warning)) return err({ code: 'warning-settled', status: warning.status })
  if (warning.status === 'TASKED') {
    if (warning.taskId === link.taskId) return ok(warning)
    if (link.reason === null) return err({ code: 'warning-has-task', taskNumber: warning.links.at(-1)?.taskNumber ?? warning.taskId })
  }
  return ok({ ...common(warning), links: [...warning.links, link], status: 'TASKED', taskId: link.taskId })
}

/** Closes it with a reason instead, whether or not a task had it. */
export function closeWarning(warning: WarningItem, reason: string, act: Act): Result<WarningItem, WarningRefusal> {
  if (isSettled(warning)) return err({ code: 'warning-settled', status: warning.status })
  return ok({ ...common(warning), status: 'CLOSED', closing: { ...act, reason } })
}

/** What a result of a task tells of the warning given to it: checked, or, when the task was at another object, open again. Undefined where it tells nothing. */
export function withResult(
  warning: WarningItem,
  {
    taskId,
    objectId,
    resultId,
    recordedAt,
  }: { readonly taskId: string; readonly objectId: string; readonly resultId: string; readonly recordedAt: Instant },
): WarningItem | undefined {
  if (warning.status !== 'TASKED' || warning.taskId !== taskId) return undefined
  if (warning.objectId !== objectId) return { ...common(warning), misdirected: [...warning.misdirected, taskId], status: 'OPEN' }
  return { ...common(warning), status: 'CHECKED', taskId, resultId, checkedAt: recordedAt }
}

export interface WarningOverview {
  readonly open: number
  readonly tasked: number
  readonly checked: number
  readonly closed: number
  /** Open or tasked, and past the due date. */
  readonly overdue: number
  /** Open, and nobody said until when. */
  readonly withoutDueDate: number
}
