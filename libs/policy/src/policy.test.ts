import { canonicalJson, ratioOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { fourCoalCities, heilongjiang, samr2024, valueOf } from '../tests/shipped-presets.ts'
import { allPolicyKeys, canonicalPolicy, type Policy, policyFromJson, policyOf } from './index.ts'

const throughText = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('policy', () => {
  it('reads typed values: percentages as exact ratios', () => {
    expect(valueOf(heilongjiang.get('ratio.yearFloor'))).toEqual(ratioOf(1, 20))
    expect(valueOf(heilongjiang.get('ratio.bands'))[0]).toEqual({ grade: 'A', min: ratioOf(1, 100), max: ratioOf(3, 100) })
  })

  it('XRG-01 XRG-03 XRG-06 holds the group of the four cities with its aspects and recognised kinds', () => {
    const [group] = valueOf(fourCoalCities.get('crossRegion')).groups
    expect(group?.regions.map(({ regionCode, alias }) => [regionCode, alias])).toEqual([
      ['230300', 'jixi'],
      ['230500', 'shuangyashan'],
      ['230900', 'qitaihe'],
      ['230400', 'hegang'],
    ])
    expect([group?.aspects.length, group?.recognisedKinds.length]).toEqual([3, 7])
  })

  it('EVL-09 gives every indicator a versioned formula', () => {
    const formulas = valueOf(fourCoalCities.get('indicator.formulas'))
    expect(formulas.map(({ indicator }) => indicator)).toEqual(valueOf(fourCoalCities.get('indicators')).map(({ id }) => id))
  })

  it('POL-04 find is undefined exactly where get names the unset key', () => {
    const unset = allPolicyKeys.filter((key) => samr2024.find(key) === undefined)
    const named = allPolicyKeys.filter((key) => {
      const value = samr2024.get(key)
      return !value.ok && value.error.key === key && value.error.message.includes(key)
    })
    expect(named).toEqual(unset)
    expect(unset).toContain('publish.due')
    expect(unset).not.toContain('result.types')
  })

  it('POL-02 tells the document, clause, strength and label of a value', () => {
    expect(fourCoalCities.origin('publish.due')).toMatchObject({
      preset: 'heilongjiang',
      version: 1,
      document: { id: '001' },
      clause: '二(四)二要',
      strength: 'shall',
      overridable: false,
    })
    expect(fourCoalCities.origin('publish.due')).not.toHaveProperty('label')
    expect(fourCoalCities.origin('inspector.minTeamSize')?.label).toBe('local')
    expect(fourCoalCities.origin('inspector.personnelNature')?.label).toBe('borrowed')
    expect(samr2024.origin('publish.due')).toBeUndefined()
    expect(heilongjiang.origin('crossRegion')?.overridable).toBe(true)
    expect(samr2024.origin('result.mapping')?.note).toContain('只作导入旧数据的提示')
    expect(samr2024.origin('check.methods')).not.toHaveProperty('note')
  })
})

describe('canonical policy', () => {
  it('POL-05 survives JSON: same values, origins and digest bytes', () => {
    const json = canonicalPolicy(fourCoalCities)
    const again = valueOf(policyFromJson(throughText(json)))
    expect(canonicalJson(canonicalPolicy(again))).toBe(canonicalJson(json))
    expect(again.id).toEqual({ preset: 'local/four-coal-cities', version: 1 })
    const readings = (policy: Policy) => allPolicyKeys.map((key) => ({ key, value: policy.find(key), origin: policy.origin(key) }))
    expect(readings(again)).toEqual(readings(fourCoalCities))
  })

  it('POL-05 is plain JSON: a member that is not given is not there', () => {
    const { content } = samr2024
    const documents = content.documents.map((document) => ({ ...document, note: undefined }) as never)
    const { documents: written } = canonicalPolicy(policyOf({ ...content, documents })) as { documents: readonly object[] }
    expect(written.length).toBeGreaterThan(0)
    expect(written.filter((document) => Object.hasOwn(document, 'note'))).toEqual([])
  })

  it('POL-05 differs for another policy', () => {
    expect(canonicalJson(canonicalPolicy(heilongjiang))).not.toBe(canonicalJson(canonicalPolicy(samr2024)))
  })

  it('checks every value of received JSON again', () => {
    const json = throughText(canonicalPolicy(heilongjiang)) as { values: Record<string, { value: unknown }> }
    const entry = json.values['publish.due']
    if (entry === undefined) throw new Error('publish.due is missing')
    entry.value = { workingDays: 0 }
    expect(policyFromJson(json)).toMatchObject({ ok: false, error: [{ path: 'values/publish.due/value/workingDays' }] })
    expect(policyFromJson({}).ok).toBe(false)
  })

  it('keeps a key of a newer build, so that the digest stays the same', () => {
    const json = throughText(canonicalPolicy(heilongjiang)) as { values: Record<string, unknown> }
    const newer = { ...json, values: { ...json.values, 'future.key': json.values['publish.due'] } }
    const policy = valueOf(policyFromJson(newer))
    expect(canonicalJson(canonicalPolicy(policy))).toBe(canonicalJson(newer as never))
  })
})
