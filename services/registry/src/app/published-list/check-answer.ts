import type { ErrorCode, Meta } from '@dual-random/errors'
import { err, isId, ok, type Result } from '@dual-random/kernel'
import type { ItemPatch } from '../../domain/published-list/item-patch.ts'
import type { ListAnswer } from '../../domain/published-list/published-list.ts'
import { itemMembers, readGiven } from './members.ts'
import type { ListContext } from './resolve.ts'

/** Why an answer of a request is refused; `index` is its place in the request. */
export interface AnswerProblem {
  readonly index: number
  readonly code: ErrorCode
  readonly meta: Meta
}

type Refusal = Omit<AnswerProblem, 'index'>

const wrongForm = (question: string, message: string): Refusal => ({ code: 'answer-wrong-form', meta: { question, message } })

/** The members of an answer as the register reads them; everything wrong with them at once. */
export function checkAnswer(answer: ListAnswer, context: ListContext): Result<ItemPatch, readonly Refusal[]> {
  const refused: Refusal[] = []
  const members: Record<string, unknown> = {}
  for (const member of itemMembers) {
    if (answer[member] === undefined) continue
    const read = readGiven(context.read, member, answer[member])
    if (read.ok) members[member] = read.value
    else refused.push(wrongForm(member, `${read.error.reason}。${read.error.action}`))
  }
  const { initiatorUnitId, participantUnitIds, omit, reason = '', parentItemCode } = answer
  const unitIds = [...(initiatorUnitId === undefined ? [] : [initiatorUnitId]), ...(participantUnitIds ?? [])]
  const strangers = unitIds.filter((unitId) => context.names.unit(unitId) === undefined)
  refused.push(...strangers.map((unitId): Refusal => ({ code: 'unit-unknown', meta: { unitId } })))
  if (typeof parentItemCode === 'string') refused.push(...parentRefusal(parentItemCode, context))
  if (omit === true && reason.trim() === '') refused.push({ code: 'omit-needs-reason', meta: {} })
  if (refused.length > 0) return err(refused)
  const nameOf = (unitId: string): string => context.names.unit(unitId)?.name ?? unitId
  return ok({
    ...members,
    ...(initiatorUnitId === undefined ? {} : { initiator: nameOf(initiatorUnitId) }),
    ...(participantUnitIds === undefined ? {} : { participants: participantUnitIds.map(nameOf) }),
    ...(omit === undefined ? {} : { omit: reason.trim() }),
  })
}

/** The parent is an item of a superior's list in force (REG-07). */
export function parentRefusal(itemCode: string, { superiorItems }: ListContext): readonly Refusal[] {
  return superiorItems.some(({ code }) => code === itemCode) ? [] : [{ code: 'parent-item-unknown', meta: { itemCode } }]
}

/** A prefix leaves room for the number of the row in a code. */
export const isCodePrefix = (text: string): boolean => isId(text) && text.length <= 80
