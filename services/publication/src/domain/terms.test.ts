import type { UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { calendarOf, changed, counterOf, policyOf, valueOf } from '../../tests/support/policies.ts'
import { at, content, end, fourCoalCities, termsInput } from '../../tests/support/records.ts'
import { policyDateOf, termsOf } from './terms.ts'

const heilongjiang = policyOf('heilongjiang', {
  'publication.negativeTypes': [{ type: 'ORDERED_CORRECT' }, { type: 'QUALIFIED_OR_NOT', subValue: 'UNQUALIFIED' }],
})

describe('the due date', () => {
  it('F 3 is working day 20 after the task was completed, moved by the holidays between', () => {
    // 10 April is Friday; 1–5 May are holidays, Saturday 9 May is worked: day 20 is Tuesday 12 May.
    expect(valueOf(termsOf(termsInput))).toMatchObject({
      startedAt: end.taskCompletedAt,
      dueDate: '2026-05-12',
      endsAt: '2026-05-12T15:59:59.999Z',
      provisional: false,
    })
  })

  it('PUB-07 starts on the event the policy names', () => {
    const policy = policyOf('samr-2024', {
      'publish.due': { workingDays: 20 },
      'publication.negativeTypes': [{ type: 'NOT_PUBLICIZED' }],
    })
    const terms = valueOf(termsOf({ ...termsInput, policy }))
    expect(terms).toMatchObject({ startedAt: end.objectCheckEndedAt, dueDate: '2026-05-09' })
  })

  it('DQ-08 is provisional in a year whose notice is not loaded', () => {
    const late = { ...end, taskCompletedAt: at('2026-12-18T02:00:00.000Z') }
    expect(valueOf(termsOf({ ...termsInput, end: late }))).toMatchObject({ provisional: true })
    const before = { ...end, taskCompletedAt: at('2026-12-03T02:00:00.000Z') }
    expect(valueOf(termsOf({ ...termsInput, end: before }))).toMatchObject({ provisional: false, dueDate: '2026-12-31' })
    expect(valueOf(termsOf({ ...termsInput, counter: counterOf(calendarOf(2025)) }))).toMatchObject({ provisional: true })
  })

  it('POL-05 is that of the policy in force when the task was completed', () => {
    expect(policyDateOf({ ...end, taskCompletedAt: at('2026-03-31T16:00:00.000Z') })).toBe('2026-04-01')
    expect(valueOf(termsOf(termsInput)).policy).toEqual({ preset: 'local/four-coal-cities', version: 1, digest: 'digest-1' })
  })
})

describe('unset keys', () => {
  it('F 21 stop the scheduling, the period of publication first', () => {
    const refused = termsOf({ ...termsInput, policy: policyOf('samr-2024') })
    expect(refused).toMatchObject({ ok: false, error: { code: 'policy-unset', key: 'publish.due' } })
    expect(refused.ok || ('message' in refused.error && refused.error.message)).toContain('publication.due')
  })

  it('POL-04 name whichever key is missing', () => {
    for (const key of [
      'publish.due',
      'publication.clockStart',
      'publish.principle',
      'publish.channel',
      'result.types',
      'publication.negativeTypes',
    ] as const) {
      const policy = changed(fourCoalCities, key, undefined)
      expect(termsOf({ ...termsInput, policy }), key).toMatchObject({ ok: false, error: { code: 'policy-unset', key } })
    }
  })
})

describe('responsibility', () => {
  const organiser = '230000-scj' as UnitId
  const principle = (id: string) => changed(fourCoalCities, 'publish.principle', { id, text: '原则' })

  it('PUB-12 lies with the checking unit or with the organiser of the draw, as the principle says', () => {
    for (const id of ['CHECKER_ENTERS_AND_ANSWERS', 'CHECKER_ENTERS_AND_PUBLISHES'])
      expect(valueOf(termsOf({ ...termsInput, policy: principle(id), organiserUnitId: organiser })).responsibleUnitId).toBe('230300-scj')
    const policy = principle('ORGANISER_DRAWS_AND_ANSWERS')
    expect(valueOf(termsOf({ ...termsInput, policy, organiserUnitId: organiser })).responsibleUnitId).toBe(organiser)
  })

  it('PUB-12 waits until the organiser is known where it answers', () => {
    const policy = principle('ORGANISER_DRAWS_AND_ANSWERS')
    expect(termsOf({ ...termsInput, policy })).toEqual({ ok: false, error: { code: 'organiser-unknown' } })
  })
})

describe('what a result becomes', () => {
  const under = (changes: Partial<typeof content>) =>
    valueOf(termsOf({ ...termsInput, policy: heilongjiang, content: { ...content, ...changes } }))

  it('PUB-23 is negative information as the policy says', () => {
    expect(under({}).negative).toBe(false)
    expect(under({ resultType: 'ORDERED_CORRECT', subValue: 'CORRECT_NOW' }).negative).toBe(true)
    expect(under({ resultType: 'QUALIFIED_OR_NOT', subValue: 'UNQUALIFIED' }).negative).toBe(true)
    expect(under({ resultType: 'QUALIFIED_OR_NOT', subValue: 'QUALIFIED' }).negative).toBe(false)
  })

  it('PUB-03 carries the published texts of type and sub-value', () => {
    expect(under({ resultType: 'ORDERED_CORRECT', subValue: 'CORRECT_BY', correctBy: '2026-05-20' })).toMatchObject({
      resultText: '发现问题，依法责令立即改正或者限期改正',
      subValueText: '限期改正',
      gaps: [],
    })
  })

  it('DQ-11 lists what it lacks as soon as it is scheduled', () => {
    expect(under({ resultType: 'ORDERED_STOP' }).gaps).toMatchObject([{ field: 'resultType' }])
    expect(under({ resultType: 'ORDERED_CORRECT' }).gaps).toMatchObject([{ field: 'subValue' }])
    expect(under({ resultType: 'ORDERED_CORRECT', subValue: 'CORRECT_LATER' }).gaps).toMatchObject([{ field: 'subValue' }])
    expect(under({ resultType: 'ORDERED_CORRECT', subValue: 'CORRECT_BY' }).gaps).toMatchObject([{ field: 'correctBy' }])
    expect(under({ resultType: 'OTHER' }).gaps).toMatchObject([{ field: 'note' }])
    expect(under({ resultType: 'OTHER', note: '已停业待拆迁' })).toMatchObject({ gaps: [], statesNote: true })
    expect(under({ note: '内部备注' })).toMatchObject({ gaps: [], statesNote: false })
  })

  it('PUB-09 and PUB-10 have channels by the kind of object', () => {
    expect(under({}).channels.map(({ id }) => id)).toEqual(['publicitySystem'])
    expect(under({ objectKind: 'INDIVIDUAL_BUSINESS' }).channels.map(({ id }) => id)).toEqual(['publicitySystem'])
    expect(under({ objectKind: 'PROJECT' }).channels.map(({ id }) => id)).toEqual(['publicitySystem', 'departmentWebsite'])
  })

  it('PUB-10 lacks a channel where the policy has none for non-market subjects', () => {
    const policy = policyOf('samr-2024', { 'publish.due': { workingDays: 20 }, 'publication.negativeTypes': [{ type: 'UNREACHABLE' }] })
    const terms = valueOf(termsOf({ ...termsInput, policy, content: { ...content, objectKind: 'ACTIVITY' } }))
    expect(terms.gaps).toMatchObject([{ field: 'channel' }])
  })
})
