import type { LocalDate, RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { shippedPresets, valueOf } from '../tests/shipped-presets.ts'
import { allPolicyKeys, type PolicyKey, parseBinding, policyOfStack, stackOfPreset, stackOfRegion, stepsOfKey } from './index.ts'

const at = '2026-03-02' as LocalDate

const said = (key: PolicyKey, preset: string) =>
  stepsOfKey(valueOf(stackOfPreset(shippedPresets, preset, at)), key).map(({ id, entry, unset, inForce }) => [
    id.preset,
    entry?.source.document ?? (unset === undefined ? 'silent' : 'unset'),
    inForce,
  ])

describe('where a value comes from', () => {
  it('POL-02 says of each layer whether it gives the key, leaves it unset or is silent', () => {
    expect(said('publish.due', 'local/four-coal-cities')).toEqual([
      ['samr-2024', 'unset', false],
      ['heilongjiang', '001', true],
      ['local/four-coal-cities', 'silent', false],
    ])
    expect(said('lowRiskGrades', 'local/four-coal-cities').at(-1)).toEqual(['local/four-coal-cities', 'local-four-coal-cities', true])
    expect(said('publish.due', 'samr-2024')).toEqual([['samr-2024', 'unset', false]])
  })

  it('POL-06 takes the last of several values for the one in force, a region’s own after its preset’s', () => {
    const own = { id: 'own', title: '本地说明', issuer: '鸡西市市场监督管理局', kind: 'local' }
    const value = { value: [], source: { document: 'own', clause: '一' }, strength: 'shall', basis: 'local' }
    const bindings = [
      { regionCode: '230000', preset: 'heilongjiang', from: '2024-01-01' },
      { regionCode: '230300', preset: 'local/four-coal-cities', from: '2024-01-01' },
      { regionCode: '230321', from: '2024-01-01', documents: [own], values: { highFrequencyIndustries: value } },
    ].map((file) => valueOf(parseBinding(file)))
    const stack = valueOf(stackOfRegion(shippedPresets, bindings, '230321' as RegionCode, at))
    const steps = stepsOfKey(stack, 'highFrequencyIndustries')
    expect(steps.filter(({ entry }) => entry !== undefined).map(({ id, inForce }) => [id.preset, inForce])).toEqual([
      ['local/four-coal-cities', false],
      ['region/230321', true],
    ])
    expect(stack.layers.map(({ status, subordinate }) => [status, subordinate])).toEqual([
      ['in-force', false],
      ['in-force', false],
      ['in-force', true],
      ['in-force', true],
    ])
    expect(steps.at(-1)).toMatchObject({ document: { issuer: '鸡西市市场监督管理局' }, entry: { basis: 'local' } })
    expect(valueOf(policyOfStack(stack)).origin('highFrequencyIndustries')).toMatchObject({ preset: 'region/230321' })
  })

  it('POL-02 names of each value the document that it comes from, of several that a layer lists', () => {
    for (const preset of ['heilongjiang', 'local/four-coal-cities'])
      for (const key of allPolicyKeys)
        for (const { entry, document } of stepsOfKey(valueOf(stackOfPreset(shippedPresets, preset, at)), key))
          expect(document?.id, `${preset} ${key}`).toBe(entry?.source.document)
  })

  it('POL-03 reads a draft without a binding, and says that it is one', () => {
    const stack = valueOf(stackOfPreset(shippedPresets, 'shaoxing-2019-draft', at))
    expect(stack.layers.map(({ status }) => status)).toEqual(['draft'])
    expect(stack.bindings).toEqual([])
    expect(stack.layers.map(({ subordinate }) => subordinate)).toEqual([false])
    expect(stackOfPreset(shippedPresets, 'shaoxing-2019-draft', '2018-12-31' as LocalDate)).toMatchObject({
      ok: false,
      error: { code: 'preset-missing' },
    })
  })
})
