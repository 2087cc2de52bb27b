import type { Instant } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { policyOf } from '@dual-random/testkit/shipped'
import { describe, expect, it } from 'vitest'
import { caseClue, openClue } from '../../tests/support/clues.ts'
import { changed, fourCoalCities, heilongjiang, samr2024, shippedCalendar } from '../../tests/support/shipped.ts'
import type { Clue } from './clue.ts'
import { clueDue, routeOf, triggerOf } from './clue-rules.ts'

const shanghai = policyOf('shanghai-2019')
const shaoxing = policyOf('shaoxing-2019-draft')
const draft2023 = policyOf('samr-2023-draft')

const group = [openClue('clue-1'), openClue('clue-2')]
const checked = (clue: Clue): Clue => ({
  ...clue,
  status: 'CHECKED',
  check: { at: '2026-05-07T00:00:00.000Z' as Instant, checkTaskId: 't' },
})
const outcome = (policy: Policy, clues: readonly Clue[]) => {
  const route = routeOf(policy, clues)
  return route.ok ? route.value : route.error.code
}

describe('what follows clues', () => {
  it.each([
    ['samr-2024', samr2024, 'clue-goes-to-check'],
    ['heilongjiang', heilongjiang, 'clue-goes-to-check'],
    ['shaoxing-2019-draft', shaoxing, 'clue-goes-to-check'],
    ['samr-2023-draft', draft2023, 'clue-goes-to-check'],
    // It says nothing of case clues, and nothing is borrowed for it (POL-04).
    ['shanghai-2019', shanghai, 'clue-route-not-stated'],
  ])('TGT-07 TGT-08 one clue alone is checked, never drawn for: %s', (_, policy, refused) => {
    expect(outcome(policy, [caseClue('clue-1')])).toBe(refused)
    expect(outcome(policy, [openClue('clue-1')])).toBe(refused)
    expect(outcome(policy, [checked(caseClue('clue-1'))])).toBe(refused)
  })

  it.each([
    ['samr-2024', samr2024, 'TARGETED_DRAW'],
    ['heilongjiang', heilongjiang, 'TARGETED_DRAW'],
    ['shanghai-2019', shanghai, 'TARGETED_DRAW'],
    ['shaoxing-2019-draft', shaoxing, 'SPECIAL_CHECK'],
    ['samr-2023-draft', draft2023, 'clue-draw-not-provided'],
  ])('TGT-08 TGT-09 TGT-11 several clues about a group are followed as policy says: %s', (_, policy, expected) => {
    expect(outcome(policy, group)).toBe(expected)
  })

  it('TGT-07 TGT-13 where case clues are checked directly, one is no ground for a draw before it was', () => {
    for (const policy of [heilongjiang, shaoxing]) {
      const route = routeOf(policy, [...group, caseClue('clue-3'), caseClue('clue-4')])
      expect(route).toEqual({ ok: false, error: { code: 'clue-needs-direct-check', clueIds: 'clue-3, clue-4' } })
      expect(outcome(policy, [...group, checked(caseClue('clue-3'))])).not.toBe('clue-needs-direct-check')
    }
  })

  it('TGT-08 DRW-25 elsewhere case clues too lead to key objects', () => {
    expect(outcome(samr2024, [caseClue('clue-1'), caseClue('clue-2')])).toBe('TARGETED_DRAW')
    expect(outcome(shanghai, [caseClue('clue-1'), caseClue('clue-2')])).toBe('TARGETED_DRAW')
  })

  it('POL-04 nothing follows where policy has no route', () => {
    expect(routeOf(changed(samr2024, 'caseClue.route', undefined), group)).toMatchObject({
      ok: false,
      error: { code: 'policy-unset', key: 'caseClue.route' },
    })
  })
})

describe('triggers of a targeted draw', () => {
  it('TGT-10 are those that policy lists, with its words', () => {
    expect(triggerOf(heilongjiang, 'MANY_COMPLAINTS')).toEqual({ ok: true, value: { id: 'MANY_COMPLAINTS', text: '投诉举报较多' } })
    expect(triggerOf(samr2024, 'MANY_COMPLAINTS')).toEqual({
      ok: false,
      error: { code: 'trigger-unknown', trigger: 'MANY_COMPLAINTS', allowed: 'UNTRUSTWORTHY' },
    })
    const ids = (policy: Policy) => policy.find('targetedDraw.triggers')?.map(({ id }) => id)
    expect(ids(heilongjiang)).toEqual(['HIGH_RISK', 'CONCENTRATED_OPINION', 'MANY_COMPLAINTS', 'LOW_SATISFACTION', 'UNTRUSTWORTHY'])
    expect(ids(draft2023)).toEqual(['PUBLIC_CONCERN'])
    expect(triggerOf(changed(samr2024, 'targetedDraw.triggers', undefined), 'UNTRUSTWORTHY')).toMatchObject({
      ok: false,
      error: { code: 'policy-unset' },
    })
  })
})

describe('clues', () => {
  it('TGT-07 are due so many working days after their receipt where policy gives a number, and have no date where it says promptly alone', () => {
    const received = '2026-05-06T00:45:00.000Z' as Instant
    expect(clueDue(fourCoalCities, shippedCalendar, received)).toEqual({ due: { date: '2026-05-12', provisional: false } })
    expect(clueDue(heilongjiang, shippedCalendar, received)).toEqual({})
  })
})
