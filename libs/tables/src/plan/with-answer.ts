import { assertNever } from '@dual-random/kernel'
import type { AnswerContent } from '../answer.ts'
import type { RatioRange } from '../cells/percent.ts'
import type { AnsweredQuestion } from '../settle.ts'
import { cleanName } from '../text.ts'
import type { PlanField } from './plan-columns.ts'
import type { ParsedPlanLine, PlanValues } from './plan-line.ts'
import { exactCount } from './read-share.ts'
import { hullOf } from './remark-clauses.ts'
import { ofAllDraws } from './share-basis.ts'

type Values = Readonly<Partial<PlanValues>>

type ShareContent = Extract<AnswerContent, { kind: 'ratio' | 'tiers' | 'count' }>

function withShare(values: Values, line: ParsedPlanLine, content: ShareContent): Values {
  const { ratio: _ratio, count: _count, tiers: _tiers, ...rest } = values
  const stated: RatioRange = line.readings.ratio?.kind === 'range' ? line.readings.ratio : {}
  const { min, max } = stated
  const range = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
  switch (content.kind) {
    case 'ratio':
      return { ...values, ratio: { ...range, chosen: content.ratio } }
    case 'tiers':
      return { ...values, tiers: content.tiers }
    case 'count':
      return { ...rest, count: content.count }
    default:
      return assertNever(content)
  }
}

function withChoice(values: Values, line: ParsedPlanLine, field: string, choice: string): Values {
  const { ratio, tiers, ...uncut } = values
  const { count: _count, ...unnumbered } = values
  const column = line.cells[choice as PlanField]?.raw ?? ''
  const estimate = exactCount(line.readings.estimate)
  const participants = line.readings.participants
  switch (field) {
    case 'taskName':
      return { ...values, taskName: cleanName(column) }
    case 'itemNames':
      return { ...values, itemNames: [cleanName(column)] }
    case 'amount':
      return choice === 'count' ? uncut : (ratio ?? tiers) === undefined ? values : unnumbered
    case 'estimate':
      return choice === 'count' && estimate !== undefined ? { ...uncut, count: estimate } : values
    case 'elidedNames':
      return choice === 'as-written' && participants?.kind === 'units' && line.known.participants !== undefined
        ? { ...values, participants: participants.asWritten }
        : values
    case 'among': {
      const { tiers: _tiers, ...whole } = values
      return choice === 'part' ? whole : values
    }
    case 'basis': {
      const { ratio: share, tiers: shares, count, timesPerYear } = values
      const amount = { ...(share && { ratio: share }), ...(shares && { tiers: shares }), ...(count && { count }) }
      return choice === 'each' ? { ...values, ...ofAllDraws(amount, timesPerYear ?? 1) } : values
    }
    case 'remarkedBatches':
      return withBatches(values, line, choice)
    default:
      return values
  }
}

/** Batches of the remarks that a person took, as they stand or on the same days of the plan's year, tell how often and when. */
function withBatches(values: Values, { readings: { remarks } }: ParsedPlanLine, choice: string): Values {
  const stated = remarks?.batches?.kind === 'batches' ? remarks.batches.batches : undefined
  const batches = choice === 'moved' ? remarks?.movedBatches : choice === 'as-written' ? stated : undefined
  const window = batches && hullOf(batches)
  if (batches === undefined || window === undefined) return values
  return { ...values, batches, timesPerYear: batches.length, window: { ...window, suppliedYear: false } }
}

/** The values of a line once a question about it is answered. */
export function withAnswer(values: Values, line: ParsedPlanLine, { question: { field }, content }: AnsweredQuestion): Values {
  switch (content.kind) {
    case 'choice':
      return withChoice(values, line, field, content.value)
    case 'ratio':
    case 'tiers':
    case 'count':
      return withShare(values, line, content)
    case 'integer':
      return { ...values, [field === 'count' ? 'count' : 'timesPerYear']: content.value }
    case 'window':
      return { ...values, window: { start: content.start, end: content.end, suppliedYear: false } }
    case 'date':
      return { ...values, deadline: content.date }
    case 'texts':
      return withTexts(values, field, content.texts)
    default:
      return assertNever(content)
  }
}

function withTexts(values: Values, field: string, texts: readonly string[]): Values {
  const [text = ''] = texts
  switch (field) {
    case 'itemNames':
    case 'methods':
    case 'participants':
      return { ...values, [field]: texts }
    case 'objectScope':
    case 'taskName':
    case 'initiator':
      return { ...values, [field]: text }
    default:
      return values
  }
}
