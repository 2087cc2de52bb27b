import { describe, expect, it } from 'vitest'
import { changed, policyOf, valueOf } from '../../tests/support/policies.ts'
import { listRules } from './drawn-list.ts'

const rulesOf = (preset: string, values: Readonly<Record<string, unknown>> = {}) => valueOf(listRules(policyOf(preset, values), 'digest'))

describe('the rules of a list', () => {
  it('DRW-27 shanghai-2019 has the list of drawn subjects published, on the channels of its clause, without a period', () => {
    expect(rulesOf('shanghai-2019')).toEqual({
      policy: { preset: 'shanghai-2019', version: 1, digest: 'digest' },
      timing: 'AFTER_VISIT',
      channels: {
        marketSubjects: [
          { id: 'publicitySystem', text: '国家企业信用信息公示系统' },
          { id: 'municipalPortal', text: '市市场监管局门户网站' },
        ],
        nonMarketSubjects: [],
      },
    })
  })

  it.each(['samr-2023-draft', 'samr-2024', 'heilongjiang', 'shaoxing-2019-draft'])('DRW-27 %s does not require it', (preset) => {
    expect(rulesOf(preset)).toBeUndefined()
  })

  it('DRW-27 a region may have it published by its own choice, and one that says no has it not', () => {
    expect(rulesOf('local/four-coal-cities')).toMatchObject({ timing: 'AFTER_VISIT', workingDays: 20 })
    const refused = changed(policyOf('local/four-coal-cities'), 'draw.publishList', false)
    expect(valueOf(listRules(refused, 'digest'))).toBeUndefined()
  })

  it('DRW-27 DRW-34 is published before the visits only where policy says so', () => {
    expect(rulesOf('shanghai-2019', { 'draw.publishList.timing': 'BEFORE_VISIT' })?.timing).toBe('BEFORE_VISIT')
    expect(rulesOf('shanghai-2019', { 'draw.publishList.timing': 'AFTER_VISIT' })?.timing).toBe('AFTER_VISIT')
    expect(rulesOf('shanghai-2019')?.timing).toBe('AFTER_VISIT')
  })

  it('DRW-27 counts the period that the region names', () => {
    expect(rulesOf('shanghai-2019', { 'draw.publishList.due': { workingDays: 7 } })?.workingDays).toBe(7)
  })

  it('POL-04 names the channel key where it is unset', () => {
    const silent = changed(policyOf('local/four-coal-cities'), 'publish.channel', undefined)
    expect(listRules(silent, 'digest')).toMatchObject({ ok: false, error: { code: 'policy-unset', key: 'publish.channel' } })
  })
})
