import {
  assertNever,
  canonicalJson,
  chinaDateOf,
  err,
  type Instant,
  type Json,
  type LocalDate,
  ok,
  type Result,
  toHex,
  utf8,
} from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { type CheckedResult, checkResult, type Policy, type PolicyUnset, type ResultTypeError } from '@dual-random/policy'
import { contactLogProblems, detailProblems, methodProblems } from './entry-details.ts'
import { type EntryProblem, unknown } from './entry-problem.ts'
import { resultIdOf } from './ids.ts'
import { lacksOnSiteReason } from './on-site.ts'
import type { CheckResult, Opens, ResultEntry } from './result.ts'
import { isLate, type Task, type TeamMember } from './task.ts'

export type EntryRefusal = PolicyUnset | { readonly code: 'entry-invalid'; readonly problems: readonly EntryProblem[] }

/** Who enters, when, for which task, under which policy. */
export interface EntryContext {
  readonly policy: Policy
  readonly task: Task
  readonly by: string
  readonly now: Instant
}

/** The result that an entry makes, or everything that is wrong with it (PUB-01, PUB-03, DQ-09, INS-19 to INS-21). */
export function judgeEntry(entry: ResultEntry, context: EntryContext): Result<CheckResult, EntryRefusal> {
  const { policy, task, now } = context
  const checkedAt = entry.checkedAt ?? now
  const item = task.items.find(({ itemCode }) => itemCode === entry.itemCode)
  const problems: EntryProblem[] = item === undefined ? [unknown('/itemCode', entry.itemCode)] : []
  if (checkedAt > now) problems.push({ pointer: '/checkedAt', code: 'instant-in-future', meta: { limit: now } })

  const methods = policy.get('check.methods')
  if (!methods.ok) return methods
  problems.push(...methodProblems(methods.value, entry))
  if (lacksOnSiteReason(task, policy, entry.methods)) problems.push({ pointer: '/methods', code: 'on-site-reason-missing', meta: {} })

  const checked = checkResult(policy, {
    type: entry.resultType,
    ...(entry.subValue === undefined ? {} : { subValue: entry.subValue }),
    ...(entry.correctBy === undefined ? {} : { dueDate: entry.correctBy }),
    ...(entry.note === undefined ? {} : { freeText: entry.note }),
  })
  if (!checked.ok) {
    if (checked.error.code === 'policy-unset') return err(checked.error)
    return refuse([...problems, typeProblem(checked.error)])
  }
  problems.push(...detailProblems(checked.value, entry), ...dueDateProblems(checked.value, checkedAt))
  const contacts = contactLogProblems(policy, checked.value, entry, checkedAt)
  if ('code' in contacts) return err(contacts)
  problems.push(...contacts)
  return item === undefined || problems.length > 0 ? refuse(problems) : ok(resultOf(entry, checked.value, { ...context, checkedAt, item }))
}

const refuse = (problems: readonly EntryProblem[]): Result<never, EntryRefusal> => err({ code: 'entry-invalid', problems })

const dueDateProblems = ({ dueDate }: CheckedResult, checkedAt: Instant): readonly EntryProblem[] =>
  dueDate !== undefined && dueDate < chinaDateOf(checkedAt)
    ? [{ pointer: '/correctBy', code: 'correction-before-check', meta: { date: dueDate, checked: chinaDateOf(checkedAt) } }]
    : []

function typeProblem(error: ResultTypeError): EntryProblem {
  switch (error.code) {
    case 'unknown-result-type':
      return error.use === undefined
        ? { pointer: '/resultType', code: error.code, meta: { type: error.type } }
        : { pointer: '/resultType', code: 'result-type-of-other-edition', meta: { type: error.type, use: error.use, hint: error.message } }
    case 'unknown-sub-value':
      return { pointer: '/subValue', code: error.code, meta: { type: error.type, subValue: error.subValue } }
    case 'sub-value-required':
      return { pointer: '/subValue', code: error.code, meta: { type: error.type } }
    case 'due-date-required':
      return { pointer: '/correctBy', code: error.code, meta: { type: error.type } }
    case 'free-text-required':
      return { pointer: '/note', code: error.code, meta: { type: error.type } }
    default:
      return assertNever(error)
  }
}

/** What a problem opens: by the type and its sub-value, or by the inspector's decision where policy leaves it open (INS-23). */
function opensOf({ type, subValue, dueDate }: CheckedResult, decided: boolean | undefined, enteredOn: LocalDate): Opens | undefined {
  const opening = subValue?.opens ?? type.opens
  switch (opening) {
    case 'NOTHING':
      return undefined
    case 'CORRECTION':
      // An order to correct at once is due on the day it is entered (FUP-11).
      return { kind: 'CORRECTION', dueDate: dueDate ?? enteredOn }
    case 'CASE':
      return { kind: 'CASE_CLUE' }
    case 'FOLLOW_UP':
      return { kind: type.mayList ? 'LISTING' : 'OTHER' }
    case 'DECISION':
      return decided === true ? { kind: type.mayList ? 'LISTING' : 'OTHER' } : undefined
    default:
      return assertNever(opening)
  }
}

interface Accepted extends EntryContext {
  readonly checkedAt: Instant
  readonly item: Task['items'][number]
}

function resultOf(entry: ResultEntry, checked: CheckedResult, { task, by, now, checkedAt, item }: Accepted): CheckResult {
  const { type, subValue, dueDate, freeText } = checked
  const { checkedAt: _given, opensFollowUp, resultType: _type, subValue: _subValue, correctBy: _by, note: _note, ...findings } = entry
  const opens = opensOf(checked, opensFollowUp, chinaDateOf(now))
  const { objectId, code, name, kind } = task.object
  return {
    ...findings,
    ...(freeText === undefined ? {} : { note: freeText }),
    resultId: resultIdOf(task.taskId, item.itemCode),
    taskId: task.taskId,
    taskNumber: task.taskNumber,
    visitId: task.visitId,
    ...(task.drawId === undefined ? {} : { drawId: task.drawId }),
    regionCode: task.regionCode,
    unitId: task.unitId,
    ...(task.delegation === undefined ? {} : { delegateUnitId: task.delegation.toUnitId }),
    itemCode: item.itemCode,
    itemName: item.itemName,
    object: { objectId, code, name, kind },
    inspectorIds: task.team.members.filter((member) => couldCheck(member, checkedAt)).map(({ inspectorId }) => inspectorId),
    subjects: task.team.members.map(({ subject }) => subject),
    resultType: type.id,
    resultText: type.text,
    ...(subValue === undefined ? {} : { subValue: subValue.id, subValueText: subValue.text }),
    ...(dueDate === undefined ? {} : { correctBy: dueDate }),
    checkedAt,
    enteredAt: now,
    enteredBy: by,
    enteredLate: isLate(task.window, now),
    ...(opens === undefined ? {} : { opens }),
    policyDigest: task.policyDigest,
    contentDigest: digestOf({ ...entry, resultType: type.id, ...(subValue === undefined ? {} : { subValue: subValue.id }) }),
  }
}

/** Whoever had left or was not yet in post on the day of the check did not make it. */
const couldCheck = ({ unavailable }: TeamMember, checkedAt: Instant): boolean =>
  unavailable === undefined || chinaDateOf(checkedAt) < unavailable.from

/** Over what was entered, with type and sub-value by their identifiers; an instant that was left out stays out of it. */
const digestOf = (entry: ResultEntry): string => toHex(sha256(utf8(canonicalJson(plain(entry)))))

function plain(value: unknown): Json {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value as Json
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, plain(member)]),
  )
}
