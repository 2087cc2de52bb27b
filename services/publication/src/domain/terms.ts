import { chinaDateOf, err, ok, type Result, type UnitId } from '@dual-random/kernel'
import {
  checkResult,
  isNegativeResult,
  type Policy,
  type PolicyUnset,
  publicationClock,
  type ResultTypeError,
  type WorkingDayCounter,
} from '@dual-random/policy'
import type { Channel, Content, Gap, TaskEnd, Terms } from './publication.ts'

export interface TermsInput {
  readonly policy: Policy
  readonly policyDigest: string
  readonly content: Content
  readonly end: TaskEnd
  readonly unitId: UnitId
  /** The unit that organised the draw, where it is known. */
  readonly organiserUnitId: UnitId | undefined
  readonly counter: WorkingDayCounter
}

export type TermsError = PolicyUnset | { readonly code: 'organiser-unknown' }

/** What the policy says of a result: its deadline (PUB-04, PUB-07), its responsible unit (PUB-12), its channels (PUB-09, PUB-10), its texts. */
export function termsOf(input: TermsInput): Result<Terms, TermsError> {
  const { policy, content, end, counter } = input
  const clock = publicationClock(policy, end, counter)
  if (!clock.ok) return clock
  if (clock.value.state === 'not-started') throw new Error('a completed task starts the publication clock')
  const due = policy.get('publish.due')
  if (!due.ok) return due
  const responsible = responsibleUnit(input)
  if (!responsible.ok) return responsible
  const channels = channelsFor(policy, content)
  if (!channels.ok) return channels
  const reading = readingOf(policy, content)
  if (!reading.ok) return reading
  const { startedAt, dueDate, endsAt, provisional } = clock.value
  const noChannel: readonly Gap[] =
    channels.value.length > 0 ? [] : [{ field: 'channel', message: '策略键 publish.channel 没有为此类检查对象设定公示渠道' }]
  return ok({
    policy: { ...policy.id, digest: input.policyDigest },
    startedAt,
    workingDays: due.value.workingDays,
    dueDate,
    endsAt,
    provisional,
    responsibleUnitId: responsible.value,
    channels: channels.value,
    ...reading.value,
    gaps: [...reading.value.gaps, ...noChannel],
  })
}

function responsibleUnit({ policy, unitId, organiserUnitId }: TermsInput): Result<UnitId, TermsError> {
  const principle = policy.get('publish.principle')
  if (!principle.ok) return principle
  if (principle.value.id !== 'ORGANISER_DRAWS_AND_ANSWERS') return ok(unitId)
  return organiserUnitId === undefined ? err({ code: 'organiser-unknown' }) : ok(organiserUnitId)
}

export const isMarketSubject = ({ objectKind }: Pick<Content, 'objectKind'>): boolean =>
  objectKind === 'ENTERPRISE' || objectKind === 'INDIVIDUAL_BUSINESS'

function channelsFor(policy: Policy, content: Content): Result<readonly Channel[], PolicyUnset> {
  const channels = policy.get('publish.channel')
  if (!channels.ok) return channels
  const listed = isMarketSubject(content) ? channels.value.marketSubjects : channels.value.nonMarketSubjects
  return ok(listed.map(({ id, text }) => ({ id, text })))
}

type Reading = Pick<Terms, 'negative' | 'resultText' | 'subValueText' | 'statesNote' | 'gaps'>

/** The result under the policy's type list: its texts, whether it is negative (PUB-23), and what it lacks (DQ-11). */
function readingOf(policy: Policy, { resultType, subValue, correctBy, note }: Content): Result<Reading, PolicyUnset> {
  const checked = checkResult(policy, {
    type: resultType,
    ...(subValue === undefined ? {} : { subValue }),
    ...(correctBy === undefined ? {} : { dueDate: correctBy }),
    ...(note === undefined ? {} : { freeText: note }),
  })
  if (!checked.ok) {
    if (checked.error.code === 'policy-unset') return err(checked.error)
    return ok({ negative: false, resultText: resultType, statesNote: false, gaps: [gapOf(checked.error)] })
  }
  const negative = isNegativeResult(policy, checked.value)
  if (!negative.ok) return negative
  const { type, subValue: value } = checked.value
  const requires = [...type.requires, ...(value?.requires ?? [])]
  return ok({
    negative: negative.value,
    resultText: type.text,
    ...(value === undefined ? {} : { subValueText: value.text }),
    statesNote: requires.includes('FREE_TEXT'),
    gaps: [],
  })
}

const fieldOf = {
  'unknown-result-type': 'resultType',
  'sub-value-required': 'subValue',
  'unknown-sub-value': 'subValue',
  'due-date-required': 'correctBy',
  'free-text-required': 'note',
} as const satisfies Record<ResultTypeError['code'], Gap['field']>

const gapOf = ({ code, message }: ResultTypeError): Gap => ({ field: fieldOf[code], message })

/** The date whose policy governs a record: that of its task's completion in China. */
export const policyDateOf = (end: TaskEnd) => chinaDateOf(end.taskCompletedAt)
