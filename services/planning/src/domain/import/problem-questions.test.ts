import { describe, expect, it } from 'vitest'
import { type LineField, lineFieldNames } from '../line-field-names.ts'
import type { LineProblem } from '../line-problem.ts'
import { questionAbout, ruleAnswered } from './line-questions.ts'

const items = ['itemCodes', 'units']
const quantity = ['ratio', 'ratios', 'count']
const timing = ['batches', 'window', 'times']
const reason = ['reason', 'legalBasis']
const selection = ['selection', ['selection', 'units']] as const
const units = ['units', ['units', 'initiatorUnitId', 'participantUnitIds']] as const
const given = ['line', ['units']] as const
const batches = ['batches', timing] as const
const amount = ['quantity', quantity] as const

/** The question of each problem: the field it is about, what settles it, and its code where that is not the problem's. */
const questions: Readonly<Record<LineProblem['code'], readonly [string, readonly string[], string?]>> = {
  'item-not-on-list': ['itemCodes', items],
  'item-not-by-list': ['itemCodes', items],
  'line-without-items': ['itemCodes', items],
  'line-mixes-item-classes': ['itemCodes', items, 'items-mix-classes'],
  'line-mixes-field-classes': ['itemCodes', items, 'items-mix-classes'],
  'scope-outside-region': ['scope', ['scope']],
  'scope-without-objects': ['scope', ['scope', ...items]],
  'object-scope-unclear': ['scope', ['scope', 'objectScope']],
  'joint-needs-participants': ['participantUnitIds', ['participantUnitIds', 'units']],
  'quantity-missing': amount,
  'stratum-missing': amount,
  'stratum-unknown': amount,
  'stratum-twice': amount,
  'stratum-all-not-alone': amount,
  'ratio-and-count': amount,
  'ratio-outside-band': ['ratioReason', [...reason, ...quantity], 'ratio-needs-reason'],
  'ratio-above-cap': ['quantity', [...quantity, ...items]],
  'count-escapes-cap': ['quantity', [...quantity, ...items]],
  'count-needs-reason': ['ratioReason', [...reason, ...quantity]],
  'check-batches-missing': ['checkBatches', ['checkBatches', ...quantity]],
  'item-needs-reason': ['itemReason', [...reason, ...items]],
  'single-needs-reason': ['singleReason', [...reason, ...items]],
  'line-field-missing': ['missingObjects', ['objectScope', 'scope', 'batches', ...reason]],
  'rule-not-by-default': ['quantity', [...quantity, ...items]],
  'window-missing': batches,
  'window-reversed': batches,
  'window-outside-year': batches,
  'batches-and-times': batches,
  'shares-not-whole': batches,
  'schedule-reversed': batches,
  'batches-do-not-fit': batches,
  'batch-scope-outside-line': ['batches', [...timing, 'scope']],
  'selection-missing': selection,
  'ground-needs-note': selection,
  'mode-not-allowed': selection,
  'stations-mismatch': selection,
  'station-unknown': selection,
  'unit-unknown': units,
  'unit-twice': units,
  'initiator-not-in-line': units,
  'unit-item-not-in-line': units,
  'item-without-unit': units,
  'team-too-small': units,
  'internal-of-several-departments': units,
  'scope-regions-with-cities': given,
  'batch-scope-with-cities': given,
  'cities-not-provided': given,
  'cities-overlap': given,
  'city-needs-agreement': given,
  'city-without-units': given,
  'city-needs-initiator': given,
  'initiator-not-of-city': given,
  'delegation-across-cities': given,
  'item-not-on-list-of-city': given,
  'delegate-not-fit': given,
  'delegation-not-allowed': given,
  'delegation-needs-reason': given,
  'delegation-needs-agreement': given,
  'agreement-unknown': given,
  'joint-exception-missing': ['jointException', ['jointException']],
  'joint-exception-unknown': ['jointException', ['jointException']],
  'joint-exception-not-asked': ['jointException', ['jointException']],
  'special-check-barred': given,
  'check-without-draw': given,
  'special-check-needs-problem': given,
  'campaign-needs-basis': given,
  'trigger-unknown': given,
  'means-not-in-plan': given,
  'means-no-clue-task': given,
  'key-matter-not-in-force': given,
  'key-matter-ambiguous': given,
  'key-stage-unknown': given,
  'policy-unset': ['line', ['count', 'ratio', 'ratios', 'units']],
}

/** With every member that a problem of any code has. */
const problemOf = (code: string): LineProblem => {
  const members = { itemCode: 'G1', ratio: '9%', cap: '5%', band: 'A 1%–3%', threshold: '50%', count: 7, planId: 'p1', industry: '餐饮' }
  const others = { regionCode: 'r1', objectScope: '部分企业', general: 'G1', key: 'K1', field: 'OBJECTS', days: 3, times: 5 }
  return { code, pointer: '', ...members, ...others, message: '策略键未设定' } as unknown as LineProblem
}

describe('the question about each problem of a line', () => {
  it.each(Object.entries(questions))('PLN-13 %s', (code, [field, accepts, asked = code]) => {
    const question = questionAbout(problemOf(code))
    expect(question).toMatchObject({ field, code: asked })
    expect([...question.accepts].toSorted()).toEqual([...accepts].toSorted())
    expect(question.message).toMatch(/[一-鿿]/)
    expect(question.message).not.toContain('undefined')
  })
})

describe('the question about what a line does not state', () => {
  const asked: Readonly<Record<LineField, readonly [string, readonly string[]]>> = {
    ITEMS: ['missingItems', ['itemCodes', 'units']],
    OBJECTS: ['missingObjects', ['objectScope', 'scope', 'batches']],
    RATIO: ['missingRatio', ['ratio', 'ratios']],
    TIME_LIMIT: ['missingTimeLimit', ['batches', 'window']],
    INITIATOR: ['missingInitiator', ['initiatorUnitId', 'units']],
    PARTICIPANTS: ['missingParticipants', ['participantUnitIds', 'units']],
    BATCH_SCOPE: ['missingBatchScope', ['batches', 'objectScope', 'scope']],
    BATCH_QUANTITY: ['missingBatchQuantity', ['batches']],
    BATCH_TIME: ['missingBatchTime', ['batches', 'window']],
  }

  it.each(Object.entries(asked))('PLN-13 %s is one of its own, that a reason settles too', (field, [about, accepts]) => {
    const question = questionAbout({ ...problemOf('line-field-missing'), field } as LineProblem)
    expect(question).toMatchObject({ field: about, accepts: [...accepts, ...reason] })
    expect(question.message).toContain(lineFieldNames[field as LineField])
    expect(ruleAnswered(about, false)).toBe('LINE_FIELD_MISSING')
    expect(ruleAnswered(about, true)).toBe('LINE_FIELD_MISSING')
  })

  it('PLN-13 names what is missing by its words', () => {
    expect(Object.values(lineFieldNames)).toEqual([
      '抽查事项',
      '检查对象',
      '抽查比例',
      '完成时限',
      '发起部门',
      '参与部门',
      '各批次的检查对象',
      '各批次的抽查数量',
      '各批次的检查时间',
    ])
  })
})
