import type { UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { changed, fourCities } from '../../tests/support/policies.ts'
import { at } from '../../tests/support/records.ts'
import { permitInSandbox } from './sandbox.ts'

const act = { by: 'wang.wu', unitId: '230200-scj' as UnitId, at: at('2026-04-01T01:00:00.000Z') }
const untriggered = { reason: '上级督办', legalBasis: '《计量法》第九条' }
type Ground = Parameters<typeof permitInSandbox>[1]
const clue = (source: string): Ground => ({ ground: 'CLUE', source })
const others = [clue('MONITORING'), clue('WARNING'), { ground: 'KEY_LIST_MATTER' }, { ground: 'PLANNED_LINE' }] as const
const judged = (given: Ground, reason?: typeof untriggered, { inSandbox = true, policy = fourCities } = {}) =>
  permitInSandbox(policy, given, { inSandbox, untriggered: reason }, act)

describe('a check of an object in the sandbox', () => {
  it.each([clue('COMPLAINT'), clue('TRANSFERRED'), { ground: 'STATUTORY_DUTY' }, { ground: 'LEGAL_EXEMPTION' }] as const)(
    'TGT-18 needs no reason where an event of policy triggered it or a law asks for it, and takes none: %j',
    (given) => {
      expect(judged(given)).toEqual({ ok: true, value: undefined })
      expect(judged(given, untriggered)).toEqual({ ok: false, error: { code: 'sandbox-reason-not-asked', ground: given.ground } })
    },
  )

  it.each(others)(
    'TGT-18 POL-07 needs reason and legal basis on any other ground, on record with who, when, rule and clause: %j',
    (given) => {
      expect(judged(given)).toEqual({
        ok: false,
        error: { code: 'sandbox-reason-missing', ground: given.ground, triggers: 'COMPLAINT（投诉举报）、TRANSFERRED（转办交办）' },
      })
      expect(judged(given, untriggered)).toMatchObject({
        ok: true,
        value: { ...act, ...untriggered, rule: 'sandbox.daily', document: '001', clause: '五(三)' },
      })
      expect(judged(given, { ...untriggered, legalBasis: ' ' })).toMatchObject({
        error: { code: 'override-incomplete', field: 'legalBasis' },
      })
      expect(judged(given, { ...untriggered, reason: '' })).toMatchObject({ error: { code: 'override-incomplete', field: 'reason' } })
    },
  )

  it('TGT-18 is triggered by what policy names, and by nothing else', () => {
    const policy = changed(fourCities, 'sandbox', {
      regionCodes: ['230200'],
      innovations: [{ id: 'NEW_MODEL', text: '新模式' }],
      toleranceYears: 1,
      triggers: [{ id: 'WARNING', text: '预警' }],
      excludedFields: [{ id: 'PUBLIC_SAFETY', text: '公共安全' }],
    })
    expect(judged(clue('WARNING'), undefined, { policy }).ok).toBe(true)
    expect(judged(clue('COMPLAINT'), undefined, { policy })).toMatchObject({ error: { triggers: 'WARNING（预警）' } })
  })

  it.each(others)('TGT-18 outside the sandbox, and where policy has none or no such rule, nothing is asked nor taken: %j', (given) => {
    const places = [
      { inSandbox: false },
      { policy: changed(fourCities, 'sandbox', undefined) },
      { policy: changed(fourCities, 'sandbox.daily', undefined) },
    ]
    for (const place of places) {
      expect(judged(given, undefined, place)).toEqual({ ok: true, value: undefined })
      expect(judged(given, untriggered, place)).toMatchObject({ error: { code: 'sandbox-reason-not-asked' } })
    }
  })
})
