import { dropAnswer, everyObject, flatAnswer } from '@dual-random/tables'
import type { RealPlan } from './real-plans.ts'

/** A question as the service shows it. */
export interface ShownQuestion {
  readonly questionId: string
  readonly lineNo?: number
  readonly lineNos?: readonly number[]
  readonly field: string
  readonly code: string
  readonly form?: string
  readonly state: string
  readonly options: readonly { readonly value: string }[]
}

/** What an answer says of the lines it is about, as they then have it. */
export interface Says {
  readonly amount?: 'ratio' | 'count'
  readonly ratios?: readonly { readonly stratum: string; readonly ratio: string }[]
  readonly count?: number
  readonly times?: number
  readonly start?: string
  readonly end?: string
  readonly objectScope?: string
  readonly scope?: unknown
  readonly initiatorUnitId?: string
  readonly participantUnitIds?: readonly string[]
  readonly itemCodes?: readonly string[]
}

export interface Answered {
  readonly answer: Readonly<Record<string, unknown>>
  readonly says: Says
}

export const ofAll = (ratio: string): Says => ({ ratios: [{ stratum: 'ALL', ratio }] })

/** Inside every band of the coal cities' preset, one each. */
const graded = ['A=3%', 'B=4%', 'C=20%', 'D=100%', 'UNGRADED=5%'].map((each) => {
  const [stratum = '', ratio = ''] = each.split('=')
  return { stratum, ratio }
})

export const reason = { reason: '按公布的计划', legalBasis: '计划第二条' }

/** What a planner may say to a question: the last that it offers, or else something of the form it asks for. */
export function answerTo({ field, form, options, ...question }: ShownQuestion, plan: RealPlan): Answered {
  const lineNo = question.lineNo ?? question.lineNos?.[0] ?? 0
  const offered = options.findLast(({ value }) => value !== dropAnswer)?.value
  const isOdd = lineNo % 2 === 1
  const value = (said: string, says: Says = {}): Answered => ({ answer: { value: said }, says })
  const window = (said: string): Says => ({ start: said.slice(0, 10), end: said.slice(11) })
  switch (field) {
    case 'itemNames':
    case 'itemCodes':
      return both({ itemCodes: plan.itemCodes[lineNo - 1] ?? [] })
    case 'ratio':
    case 'tiers':
    case 'quantity':
      if (offered === flatAnswer) return value(flatAnswer)
      if (form !== 'share') return both({ ratios: graded })
      return value(offered ?? '12%', ofAll(offered ?? '12%'))
    case 'amount':
      return isOdd ? value('ratio', { amount: 'ratio' }) : value('count', { amount: 'count' })
    case 'count':
      return value(offered ?? '12', { count: Number(offered ?? '12') })
    case 'timesPerYear':
      return value(offered ?? '3', { times: Number(offered ?? '3') })
    case 'window':
      return value(offered ?? '', window(offered ?? ''))
    case 'batches':
      return {
        answer: { window: { start: `${plan.year}-10-01`, end: `${plan.year}-12-31` } },
        says: window(`${plan.year}-10-01/${plan.year}-12-31`),
      }
    case 'objectScope':
      return value(offered ?? '辖区内经营单位', { objectScope: offered ?? '辖区内经营单位' })
    case 'scope':
      return isOdd
        ? both({ scope: { kinds: ['ENTERPRISE'], industryPrefixes: [], tags: ['重点（一类）'], regionCodes: ['230302'] } })
        : { answer: { value: everyObject }, says: {} }
    case 'initiator':
    case 'units':
      return both({ initiatorUnitId: plan.lead })
    case 'participants':
    case 'participantUnitIds':
      return both({ participantUnitIds: [plan.partner] })
    case 'unitItems': {
      const itemCodes = plan.itemCodes[lineNo - 1] ?? []
      const units = [
        { unitId: plan.lead, itemCodes },
        { unitId: plan.partner, itemCodes: itemCodes.slice(1) },
      ]
      return { answer: { units }, says: {} }
    }
    case 'methods':
      return { answer: { value: ['现场检查'] }, says: {} }
    case 'ratioReason':
      return { answer: reason, says: {} }
    case 'basis':
      return value('year')
    case 'estimate':
      return value('base')
    default:
      if (form === undefined) throw new Error(JSON.stringify(question))
      return value(offered ?? '')
  }
}

const both = (says: Says): Answered => ({ answer: { ...says }, says })
