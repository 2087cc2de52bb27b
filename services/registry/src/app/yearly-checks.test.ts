import type { Instant, ItemCode, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import { addingDistricts, policyWith } from '../../tests/policies.ts'
import type { CheckItemList } from '../domain/check-item-list.ts'
import type { FrozenDraw } from './ports.ts'
import { recordException, type SpecialCircumstance, type YearlyCheckDeps, yearlyReport } from './yearly-checks.ts'

const version = {
  number: 1,
  effectiveFrom: '2026-01-01' as LocalDate,
  trigger: null,
  triggerNote: null,
  publishedAt: '2026-01-01T00:00:00.000Z' as Instant,
  load: 'd',
  importId: 'i',
}
const list: CheckItemList = {
  listId: 'list-1',
  regionCode: '310101' as RegionCode,
  unitId: '310101-scj' as UnitId,
  businessLine: '市场监管',
  versions: [
    { ...version, items: [checkItem('A'), checkItem('B')] },
    { ...version, number: 2, effectiveFrom: '2027-01-01' as LocalDate, items: [checkItem('C')] },
  ],
}

const special: SpecialCircumstance = { listId: 'list-1', year: 2026, itemCode: 'A' as ItemCode, reason: '无此类对象', legalBasis: '法' }

/** Ports that hold one list, and three draws of 2026 with the items they were frozen with, the last of two cities. */
function deps(values: Parameters<typeof policyWith>[0], now: string): YearlyCheckDeps {
  const policy = policyWith(values)
  const none = () => Promise.reject(new Error('not asked for'))
  const of = (...codes: readonly string[]) => ({ items: codes.map((code) => checkItem(code)) }) as unknown as FrozenDraw
  const frozen = new Map([
    ['d0', of('A')],
    ['d1', of('A')],
    ['d2', of('A')],
    ['d2-310105', of('A', 'C')],
  ])
  const records = { loadMany: none, update: none, saveMany: none }
  return {
    checkItemLists: {
      ...records,
      load: (id) => Promise.resolve({ id, version: 1, seq: 1, state: list }),
      all: () => Promise.resolve([list]),
    },
    yearlyChecks: { ...records, load: () => Promise.resolve(undefined) },
    toldDraws: {
      inYear: (_region, year) => Promise.resolve(year === 2026 ? [['d0'], ['d1'], ['d2', 'd2-310105'], ['drawn-elsewhere']] : []),
    },
    draws: { get: (id) => Promise.resolve(frozen.get(id)), insert: none, keyOf: none, knownKey: none },
    book: { inForce: () => Promise.resolve({ policy, json: '', digest: '' }), wouldApply: none },
    clock: () => now as Instant,
  }
}

describe('the report of a list’s year', () => {
  const rules = { 'item.yearlyCheck': addingDistricts['item.yearlyCheck'] }

  it('REG-14 DRW-26 counts the matched draws of the year by the items they were frozen with, one of two cities once', async () => {
    const { items } = await yearlyReport(deps(rules, '2026-06-01T00:00:00.000Z'), 'list-1', 2026)
    expect(items).toMatchObject([
      { itemCode: 'A', draws: 3, due: false },
      { itemCode: 'B', draws: 0, due: true },
    ])
  })

  it('REG-14 judges a year gone by on the list of its last day', async () => {
    const later = deps(rules, '2027-03-01T00:00:00.000Z')
    expect((await yearlyReport(later, 'list-1', 2026)).items.map(({ itemCode }) => itemCode)).toEqual(['A', 'B'])
    expect((await yearlyReport(later, 'list-1', 2027)).items).toMatchObject([{ itemCode: 'C', draws: 0, due: true }])
  })

  it('REG-14 says from when it alerts only where policy gives the lead time, and stops where policy asks for no yearly check', async () => {
    const now = '2026-06-01T00:00:00.000Z'
    expect(await yearlyReport(deps(rules, now), 'list-1', 2026)).not.toHaveProperty('alertFrom')
    const led = { ...rules, 'item.yearlyCheck.alertLeadDays': 30 }
    expect(await yearlyReport(deps(led, now), 'list-1', 2026)).toMatchObject({ alertFrom: '2026-12-01' })
    await expect(yearlyReport(deps({}, now), 'list-1', 2026)).rejects.toMatchObject({
      code: 'policy-unset',
      meta: { key: 'item.yearlyCheck' },
    })
  })

  it('POL-07 records no special circumstance against a rule that policy does not state by default, or not at all', async () => {
    const recording = (values: Parameters<typeof policyWith>[0]) =>
      recordException(deps(values, '2026-06-01T00:00:00.000Z'), special, {
        subject: 'li',
        unitId: list.unitId,
        regionCode: list.regionCode,
      })
    await expect(recording(rules)).rejects.toMatchObject({ code: 'rule-not-by-default', meta: { key: 'item.yearlyCheck' } })
    await expect(recording({})).rejects.toMatchObject({ code: 'policy-unset', meta: { key: 'item.yearlyCheck' } })
  })
})
