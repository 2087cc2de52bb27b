import { describe, expect, it } from 'vitest'
import { changed, fourCities, policyOf, valueOf } from '../../tests/support/policies.ts'
import { at, day, entry, item, resultOf, task } from '../../tests/support/records.ts'
import { type EntryRefusal, judgeEntry } from './judge-entry.ts'
import type { ResultEntry } from './result.ts'

const now = at('2026-04-08T02:00:00.000Z')

const judge = (changes: Partial<ResultEntry>, policy = fourCities) =>
  judgeEntry({ ...entry, ...changes }, { policy, task, by: 'zhang.san', now })

const refusalOf = (changes: Partial<ResultEntry>, policy = fourCities): EntryRefusal => {
  const judged = judge(changes, policy)
  if (judged.ok) throw new Error('expected a refusal')
  return judged.error
}

const problemsOf = (changes: Partial<ResultEntry>, policy = fourCities): readonly string[] => {
  const refusal = refusalOf(changes, policy)
  if (refusal.code !== 'entry-invalid') throw new Error(refusal.message)
  return refusal.problems.map(({ pointer, code }) => `${pointer} ${code}`)
}

const attempt = (date: string, manner = 'TELEPHONE') => ({ at: at(`${date}T02:00:00.000Z`), manner, evidence: '通话记录' })
const unreachable = { resultType: 'UNREACHABLE', opensFollowUp: true }

describe('the nine result types', () => {
  const good: readonly (readonly [string, Partial<ResultEntry>, ReturnType<typeof resultOf>['opens']])[] = [
    ['NO_PROBLEM', {}, undefined],
    ['NOT_PUBLICIZED', { information: '年度报告' }, { kind: 'LISTING' }],
    [
      'UNREACHABLE',
      { contactAttempts: [attempt('2026-04-02'), attempt('2026-04-03', 'ON_SITE')], opensFollowUp: true },
      { kind: 'LISTING' },
    ],
    ['UNCOOPERATIVE_SERIOUS', { facts: '拒绝提供资料', evidence: [{ description: '录像' }] }, { kind: 'OTHER' }],
    ['NO_ACTIVITY', {}, undefined],
    ['ORDERED_CORRECT', { subValue: 'CORRECT_BY', correctBy: '2026-05-20' }, { kind: 'CORRECTION', dueDate: day('2026-05-20') }],
    ['PENDING_INVESTIGATION', { clue: '涉嫌无照经营' }, { kind: 'CASE_CLUE' }],
    ['QUALIFIED_OR_NOT', { subValue: 'UNQUALIFIED', sampleOrItem: '样品一' }, { kind: 'OTHER' }],
    ['OTHER', { note: '正在停业整顿', opensFollowUp: false }, undefined],
  ]

  it.each(good)('PUB-01 INS-23 takes %s with what it demands, and opens what policy says', (resultType, details, opens) => {
    expect(resultOf({ resultType, ...details })).toMatchObject({ resultType })
    expect(resultOf({ resultType, ...details }).opens).toEqual(opens)
  })

  it('PUB-01 has exactly these nine', () => {
    const types = valueOf(fourCities.get('result.types')).map(({ id }) => id)
    expect(types).toEqual(good.map(([resultType]) => resultType))
  })

  it('PUB-01 opens nothing for a qualified sample, and a follow-up for 其他情况 if the inspector says so', () => {
    expect(resultOf({ resultType: 'QUALIFIED_OR_NOT', subValue: 'QUALIFIED', sampleOrItem: '样品一' }).opens).toBeUndefined()
    expect(resultOf({ resultType: 'OTHER', note: '待核实', opensFollowUp: true }).opens).toEqual({ kind: 'OTHER' })
    expect(problemsOf({ resultType: 'OTHER', note: '待核实' })).toEqual(['/opensFollowUp missing-field'])
  })

  it('DQ-09 takes a type by identifier or by its published text, and refuses free text', () => {
    expect(resultOf({ resultType: '未发现问题' })).toMatchObject({ resultType: 'NO_PROBLEM', resultText: '未发现问题' })
    expect(problemsOf({ resultType: '基本没有问题' })).toEqual(['/resultType unknown-result-type'])
  })

  it('Appendix F 19 refuses 依法责令停止 under rules that do not have it and says what to use; 合格/不合格 needs its value', () => {
    const refusal = refusalOf({ resultType: '发现问题，依法责令停止' })
    expect(refusal).toMatchObject({
      problems: [{ pointer: '/resultType', code: 'result-type-of-other-edition', meta: { use: 'ORDERED_CORRECT' } }],
    })
    expect(problemsOf({ resultType: 'QUALIFIED_OR_NOT', sampleOrItem: '样品一' })).toEqual(['/subValue sub-value-required'])
    const draft = policyOf('samr-2023-draft')
    expect(judge({ resultType: '发现问题，依法责令停止' }, draft).ok).toBe(true)
    expect(problemsOf({ resultType: 'QUALIFIED_OR_NOT', subValue: 'QUALIFIED' }, draft)).toEqual(['/resultType unknown-result-type'])
  })

  it('PUB-03 type 6 stores which of the two, and for a term its date, not before the check', () => {
    const order = { resultType: 'ORDERED_CORRECT' }
    expect(problemsOf(order)).toEqual(['/subValue sub-value-required'])
    expect(problemsOf({ ...order, subValue: 'CORRECT_BY' })).toEqual(['/correctBy due-date-required'])
    expect(problemsOf({ ...order, subValue: 'CORRECT_BY', correctBy: '2026-04-07' })).toEqual(['/correctBy correction-before-check'])
    expect(resultOf({ ...order, subValue: 'CORRECT_BY', correctBy: '2026-04-08' }).correctBy).toBe('2026-04-08')
    expect(problemsOf({ ...order, subValue: 'CORRECT_NOW', correctBy: '2026-04-09' })).toEqual(['/correctBy detail-not-of-type'])
  })

  it('FUP-11 an order to correct at once is due on the day in China on which it is entered', () => {
    const opensAt = (instant: string) => resultOf({ resultType: 'ORDERED_CORRECT', subValue: 'CORRECT_NOW' }, instant).opens
    expect(opensAt('2026-04-08T15:59:59.999Z')).toEqual({ kind: 'CORRECTION', dueDate: '2026-04-08' })
    expect(opensAt('2026-04-08T16:00:00.000Z')).toEqual({ kind: 'CORRECTION', dueDate: '2026-04-09' })
  })

  it('PUB-03 type 8 stores one of two values, type 9 a text', () => {
    expect(problemsOf({ resultType: 'QUALIFIED_OR_NOT', subValue: '基本合格', sampleOrItem: '样品' })).toEqual([
      '/subValue unknown-sub-value',
    ])
    expect(problemsOf({ resultType: 'OTHER', note: '  ', opensFollowUp: false })).toEqual(['/note free-text-required'])
  })

  it('INS-20 takes serious non-cooperation with facts and evidence only', () => {
    const serious = { resultType: 'UNCOOPERATIVE_SERIOUS' }
    expect(problemsOf(serious)).toEqual(['/facts missing-field', '/evidence missing-field'])
    expect(problemsOf({ ...serious, facts: '拒不开门', evidence: [] })).toEqual(['/evidence missing-field'])
  })

  it('INS-21 can be said of one item without a finding on another', () => {
    expect(resultOf({ itemCode: item('SCJG-02'), resultType: 'NO_ACTIVITY' }).itemName).toBe('经营范围中无需审批的经营项目的检查')
  })

  it('refuses what belongs to another type', () => {
    expect(problemsOf({ clue: '线索', opensFollowUp: true })).toEqual(['/clue detail-not-of-type', '/opensFollowUp detail-not-of-type'])
    expect(judge({ facts: '一切正常', evidence: [{ description: '照片' }], note: '备注' }).ok).toBe(true)
  })
})

describe('an object that cannot be reached', () => {
  const [monday, tuesday] = ['2026-04-06', '2026-04-07']

  it('INS-19 needs the contact log that policy asks for: as often, in its manners, on different days', () => {
    expect(problemsOf(unreachable)).toEqual(['/contactAttempts missing-field'])
    expect(problemsOf({ ...unreachable, contactAttempts: [attempt(monday)] })).toEqual(['/contactAttempts contact-attempts-short'])
    expect(problemsOf({ ...unreachable, contactAttempts: [attempt(monday), attempt(monday, 'POST')] })).toEqual([
      '/contactAttempts contact-attempts-short',
    ])
    expect(problemsOf({ ...unreachable, contactAttempts: [attempt(monday), attempt(tuesday, 'RUMOUR')] })).toEqual([
      '/contactAttempts/1/manner unknown-value',
    ])
    expect(judge({ ...unreachable, contactAttempts: [attempt(tuesday), attempt(monday)] }).ok).toBe(true)
  })

  it('INS-19 counts days in China, and no attempt after the check', () => {
    const late = { at: at('2026-04-06T15:59:59.999Z'), manner: 'POST', evidence: '回执' }
    const next = { ...late, at: at('2026-04-06T16:00:00.000Z') }
    expect(problemsOf({ ...unreachable, contactAttempts: [attempt(monday), late] })).toHaveLength(1)
    expect(judge({ ...unreachable, contactAttempts: [attempt(monday), next] }).ok).toBe(true)
    expect(problemsOf({ ...unreachable, contactAttempts: [attempt(monday), attempt('2026-04-09')] })).toEqual([
      '/contactAttempts/1/at instant-in-future',
    ])
  })

  it('POL-04 stops where no document and no local value says how often, and asks for it there only', () => {
    const bare = policyOf('heilongjiang')
    const attempts = { ...unreachable, contactAttempts: [attempt(monday), attempt(tuesday)] }
    expect(refusalOf(attempts, bare)).toMatchObject({ code: 'policy-unset', key: 'unreachable.attempts' })
    expect(judge({}, bare).ok).toBe(true)
  })

  it('INS-19 follows the policy when it asks for more', () => {
    const three = changed(fourCities, 'unreachable.attempts', {
      attempts: 3,
      manners: [{ id: 'TELEPHONE', text: '电话' }],
      minDaysBetween: 2,
    })
    const on = (...dates: readonly string[]) => ({ ...unreachable, contactAttempts: dates.map((date) => attempt(date)) })
    expect(problemsOf(on('2026-04-02', '2026-04-03', '2026-04-04', '2026-04-05'), three)).toEqual([
      '/contactAttempts contact-attempts-short',
    ])
    expect(judge(on('2026-04-02', '2026-04-04', '2026-04-06'), three).ok).toBe(true)
  })
})

describe('what every entry needs', () => {
  it('INS-01 takes the methods of the policy, and another with a note while the list is open', () => {
    expect(judge({ methods: ['WRITTEN', 'NETWORK'] }).ok).toBe(true)
    expect(problemsOf({ methods: ['ON_SITE', 'DRONE'] })).toEqual(['/methodNote missing-field'])
    expect(judge({ methods: ['DRONE'], methodNote: '无人机巡查' }).ok).toBe(true)
    const { members } = valueOf(fourCities.get('check.methods'))
    const closed = changed(fourCities, 'check.methods', { members: members.map((member) => ({ ...member })), open: false })
    expect(problemsOf({ methods: ['ON_SITE', 'DRONE'], methodNote: '无人机巡查' }, closed)).toEqual(['/methods/1 unknown-value'])
  })

  it('INS-02 stores source, date and identifier of a conclusion it relies on', () => {
    const reliesOn = [{ kind: 'JUDICIAL_DOCUMENT', source: '示例法院', date: '2026-03-01', identifier: '（2026）示例1号' }] as never
    expect(resultOf({ reliesOn }).reliesOn).toEqual(reliesOn)
  })

  it('INS-05 INS-06 stores the record form by its version, and who entered it', () => {
    expect(resultOf()).toMatchObject({ recordForm: { form: 'SCJG-JC-01/2024' }, enteredBy: 'zhang.san', enteredLate: false })
  })

  it('INS-06 POL-01 stores by id which members of the team checked: who could, on the day of the check in China', () => {
    const leaving = { reason: 'LEFT' as const, from: day('2026-04-08'), flaggedFrom: day('2026-04-02') }
    const [first, second] = task.team.members
    if (first === undefined || second === undefined) throw new Error('the team has two')
    const of = { ...task, team: { ...task.team, members: [first, { ...second, unavailable: leaving }] } }
    expect(resultOf().inspectorIds).toEqual(['i1', 'i2'])
    expect(resultOf({ checkedAt: at('2026-04-07T15:59:59.999Z') }, undefined, of).inspectorIds).toEqual(['i1', 'i2'])
    expect(resultOf({ checkedAt: at('2026-04-07T16:00:00.000Z') }, undefined, of).inspectorIds).toEqual(['i1'])
  })

  it('refuses an item of another task, and a check that lies ahead', () => {
    expect(problemsOf({ itemCode: item('XFJG-01') })).toEqual(['/itemCode unknown-value'])
    expect(judge({ checkedAt: now }).ok).toBe(true)
    expect(problemsOf({ checkedAt: at('2026-04-08T02:00:00.001Z') })).toEqual(['/checkedAt instant-in-future'])
  })

  it('names every problem at once', () => {
    expect(problemsOf({ itemCode: item('X'), methods: ['DRONE'], resultType: 'NOT_PUBLICIZED' })).toEqual([
      '/itemCode unknown-value',
      '/methodNote missing-field',
      '/information missing-field',
    ])
  })

  it('tells the same content from other content, whenever and under whichever name of the type it is sent', () => {
    const digest = (changes: Partial<ResultEntry>, enteredAt?: string) => resultOf(changes, enteredAt).contentDigest
    expect(digest({ resultType: '未发现问题' }, '2026-04-09T02:00:00.000Z')).toBe(digest({}))
    expect(digest({ note: undefined })).toBe(digest({}))
    expect(digest({ note: '备注' })).not.toBe(digest({}))
    expect(digest({ resultType: 'NO_ACTIVITY' })).not.toBe(digest({}))
  })
})
