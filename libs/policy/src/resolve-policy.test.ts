import type { LocalDate, RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { heilongjiang, presetOf, samr2023Draft, samr2024, shippedPresets, valueOf } from '../tests/shipped-presets.ts'
import { type Policy, type PolicyBinding, type Preset, parseBinding, planDue, resolvePolicy, taskCompletion } from './index.ts'
import type { ResolveError } from './resolve-error.ts'

const province = '230000'
const city = '230300'
const county = '230321'
const own = { id: 'own', title: '本地说明', issuer: '鸡西市市场监督管理局', kind: 'local' }
const localValue = (value: unknown, more: object = {}): object => ({
  value,
  source: { document: 'own', clause: '一' },
  strength: 'shall',
  basis: 'local',
  ...more,
})

const bind = (file: object): PolicyBinding => valueOf(parseBinding({ regionCode: province, from: '2024-01-01', ...file }))

const resolve = (bindings: readonly PolicyBinding[], region = province, at = '2026-03-02', presets: readonly Preset[] = shippedPresets) =>
  resolvePolicy(presets, bindings, region as RegionCode, at as LocalDate)

const refusalOf = (bindings: readonly PolicyBinding[], region = province, at = '2026-03-02', presets = shippedPresets): ResolveError => {
  const policy = resolve(bindings, region, at, presets)
  if (policy.ok) throw new Error('expected a refusal')
  return policy.error
}

describe('POL-01 behaviour comes from the preset', () => {
  it('POL-01 two presets in one run: the joint plan is due under one and its date unset under the other', () => {
    const due = planDue(heilongjiang, 'JOINT', 2026)
    expect(due.ok && due.value.date).toBe('2026-01-31')
    expect(planDue(samr2023Draft, 'JOINT', 2026)).toMatchObject({ ok: false, error: { code: 'policy-unset', key: 'plan.joint.due' } })
  })

  it('POL-01 one value changed changes behaviour, with no code change', () => {
    const shipped = shippedPresets.find(({ name }) => name === 'heilongjiang') as Preset
    const entry = shipped.values.get('plan.joint.due')
    if (entry === undefined) throw new Error('plan.joint.due is not shipped')
    const later: Preset = {
      ...shipped,
      version: 2,
      effectiveFrom: '2027-01-01' as LocalDate,
      values: new Map(shipped.values).set('plan.joint.due', { ...entry, value: { endOfMonth: 2 } }),
    }
    const policy = valueOf(resolve([bind({ preset: 'heilongjiang' })], province, '2027-01-01', [...shippedPresets, later]))
    expect(valueOf(planDue(policy, 'JOINT', 2027)).date).toBe('2027-02-28')
  })

  it('POL-01 PUB-05 the same late publication is "not completed" under one preset and only unpublished under another', () => {
    const instant = (text: string) => `${text}T00:00:00.000Z` as never
    const times = { enteredAt: instant('2026-03-03'), publishedAt: undefined, endsAt: instant('2026-03-30'), exempt: false }
    expect(valueOf(taskCompletion(heilongjiang, times, instant('2026-04-01')))).toEqual({
      status: 'not-completed',
      missed: ['publication'],
    })
    expect(valueOf(taskCompletion(samr2023Draft, times, instant('2026-04-01')))).toEqual({ status: 'completed-unpublished' })
  })
})

describe('POL-03 drafts', () => {
  const approval = { by: 'user-1', at: '2026-03-01T16:00:00.000Z', reason: '对照试验' }

  it.each(['samr-2023-draft', 'shaoxing-2019-draft'])('POL-03 refuses %s for production, and runs it outside production', (preset) => {
    expect(refusalOf([bind({ preset })])).toMatchObject({ code: 'draft-not-approved', preset })
    expect(resolve([bind({ preset, production: false })]).ok).toBe(true)
  })

  it('POL-03 accepts a draft from the China date its approval was recorded', () => {
    const bindings = [bind({ preset: 'samr-2023-draft', draftApproval: approval })]
    expect(refusalOf(bindings, province, '2026-03-01').code).toBe('draft-not-approved')
    expect(resolve(bindings, province, '2026-03-02').ok).toBe(true)
  })

  it('POL-03 a preset that extends a draft is a draft too', () => {
    const heir = presetOf({
      name: 'heir',
      title: '继承征求意见稿',
      extends: 'samr-2023-draft',
      status: 'in-force',
      version: 1,
      effectiveFrom: '2024-01-01',
      documents: [own],
      values: {},
    })
    expect(refusalOf([bind({ preset: 'heir' })], province, '2026-03-02', [...shippedPresets, heir]).code).toBe('draft-not-approved')
  })
})

describe('POL-05 versions', () => {
  const version = (number: number, days: number, dates: object): Preset =>
    presetOf({
      name: 'versioned',
      title: '版本',
      status: 'in-force',
      version: number,
      documents: [{ ...own, id: '900', kind: 'policy' }],
      values: { 'publish.due': { value: { workingDays: days }, source: { document: '900', clause: '一' }, strength: 'shall' } },
      ...dates,
    })
  const presets = [
    version(1, 20, { effectiveFrom: '2024-01-01', effectiveTo: '2025-12-31' }),
    version(2, 15, { effectiveFrom: '2026-01-01' }),
  ]
  const at = (date: string): Policy => valueOf(resolve([bind({ preset: 'versioned' })], province, date, presets))

  it('POL-05 takes the version in force on the date, both ends included', () => {
    expect(at('2025-12-31').id).toEqual({ preset: 'versioned', version: 1 })
    expect(valueOf(at('2025-12-31').get('publish.due'))).toEqual({ workingDays: 20 })
    expect(at('2026-01-01').id).toEqual({ preset: 'versioned', version: 2 })
    expect(valueOf(at('2026-01-01').get('publish.due'))).toEqual({ workingDays: 15 })
  })

  it('POL-05 a later version replaces an open-ended one once it is in force', () => {
    const open = [version(1, 20, { effectiveFrom: '2024-01-01' }), version(2, 15, { effectiveFrom: '2026-01-01' })]
    const resolved = (date: string) => valueOf(resolve([bind({ preset: 'versioned' })], province, date, open)).id.version
    expect([resolved('2025-12-31'), resolved('2026-01-01')]).toEqual([1, 2])
    open.reverse()
    expect([resolved('2025-12-31'), resolved('2026-01-01')]).toEqual([1, 2])
  })

  it('POL-05 says which preset has no version in force', () => {
    expect(refusalOf([bind({ preset: 'versioned', from: '2023-01-01' })], province, '2023-12-31', presets)).toMatchObject({
      code: 'preset-missing',
      preset: 'versioned',
    })
  })

  it('POL-05 a version is in force no longer than it says', () => {
    const ended = presets.slice(0, 1)
    expect(resolve([bind({ preset: 'versioned' })], province, '2025-12-31', ended).ok).toBe(true)
    expect(refusalOf([bind({ preset: 'versioned' })], province, '2026-01-01', ended).code).toBe('preset-missing')
  })

  it('refuses presets that extend each other', () => {
    const looped = presets.map((preset) => ({ ...preset, extends: 'versioned' }))
    expect(refusalOf([bind({ preset: 'versioned' })], province, '2026-01-01', looped).code).toBe('preset-cycle')
  })
})

describe('POL-06 inheritance', () => {
  it('POL-06 a preset inherits what it does not say itself, with the origin of each value', () => {
    const policy = valueOf(resolve([bind({ preset: 'heilongjiang' })]))
    expect(policy.origin('result.types')).toMatchObject({ preset: 'samr-2024', document: { id: '000' }, clause: '二(七)' })
    expect(policy.origin('plan.filing')).toMatchObject({ preset: 'heilongjiang', document: { id: '001' }, clause: '二(三)五要' })
  })

  it('POL-06 a subordinate region works under its superior’s preset, a foreign one under none', () => {
    expect(valueOf(resolve([bind({ preset: 'heilongjiang' })], county)).id.preset).toBe('heilongjiang')
    expect(refusalOf([bind({ preset: 'heilongjiang' })], '330600')).toMatchObject({ code: 'region-unbound', regionCode: '330600' })
  })

  it('POL-06 a city may move to a preset that extends the province’s, not to another', () => {
    const provincial = bind({ preset: 'heilongjiang' })
    const cities = valueOf(resolve([provincial, bind({ regionCode: city, preset: 'local/four-coal-cities' })], county))
    expect(cities.id.preset).toBe('local/four-coal-cities')
    expect(cities.content.lineage.map(({ preset }) => preset)).toEqual(['samr-2024', 'heilongjiang', 'local/four-coal-cities'])
    expect(refusalOf([provincial, bind({ regionCode: city, preset: 'samr-2024' })], county)).toMatchObject({
      code: 'preset-not-inherited',
      superior: 'heilongjiang',
    })
  })

  it('POL-06 a city may move from the most general preset to one that extends it', () => {
    const ofCity = presetOf({
      name: 'local/city',
      title: '本地',
      extends: 'samr-2024',
      status: 'in-force',
      version: 1,
      effectiveFrom: '2024-01-01',
      documents: [own],
      values: { coverageScope: localValue('EACH_LEVEL') },
    })
    const moved = [bind({ preset: 'samr-2024' }), bind({ regionCode: city, preset: 'local/city' })]
    const policy = valueOf(resolve(moved, city, '2026-03-02', [...shippedPresets, ofCity]))
    expect(policy.content.lineage.map(({ preset }) => preset)).toEqual(['samr-2024', 'local/city'])
  })

  it('POL-06 POL-03 a city that names its province’s preset lays nothing anew, and needs no approval beside the province’s', () => {
    const draftApproval = { by: 'user-1', at: '2025-03-01T00:00:00.000Z', reason: '对照试验' }
    const bindings = [bind({ preset: 'samr-2023-draft', draftApproval }), bind({ regionCode: city, preset: 'samr-2023-draft' })]
    expect(valueOf(resolve(bindings, city)).content.lineage.map(({ preset }) => preset)).toEqual(['samr-2023-draft'])
  })

  it('POL-06 PLN-07 a district stands under its municipality at once, and takes nothing from the code between, which is no region', () => {
    const layersOf = (region: string, above: string, between: string) => {
      const values = { crossRegion: localValue({ encouraged: false, groups: [] }) }
      const bindings = [bind({ regionCode: above, preset: 'heilongjiang' }), bind({ regionCode: between, documents: [own], values })]
      const names = valueOf(resolve(bindings, region)).content.lineage.map(({ preset }) => preset)
      return names.filter((name) => name.startsWith('region/'))
    }
    expect(layersOf('310115', '310000', '310100')).toEqual([])
    expect(layersOf('310115', '310000', '310115')).toEqual(['region/310115'])
    expect(layersOf(county, province, city)).toEqual(['region/230300'])
    expect(layersOf('429004', '420000', '429000')).toEqual([])
    expect(layersOf(county, city, county)).toEqual(['region/230321'])
  })

  it('POL-06 a region may replace only keys marked overridable', () => {
    const provincial = bind({ preset: 'heilongjiang' })
    const shorter = bind({ regionCode: city, documents: [own], values: { 'publish.due': localValue({ workingDays: 10 }) } })
    expect(refusalOf([provincial, shorter], city)).toMatchObject({ code: 'override-not-allowed', key: 'publish.due' })
    expect(refusalOf([provincial, shorter], city).message).toContain('publish.due')
    const noGroups = bind({ regionCode: city, documents: [own], values: { crossRegion: localValue({ encouraged: false, groups: [] }) } })
    const policy = valueOf(resolve([provincial, noGroups], county))
    expect(valueOf(policy.get('crossRegion')).groups).toEqual([])
    expect(policy.origin('crossRegion')).toMatchObject({ preset: 'region/230300', label: 'local' })
    expect(valueOf(valueOf(resolve([provincial, noGroups], province)).get('crossRegion')).groups).toHaveLength(1)
  })

  it('POL-06 a local preset may not replace what its document fixed', () => {
    const local = presetOf({
      name: 'local/test',
      title: '本地',
      extends: 'heilongjiang',
      status: 'in-force',
      version: 1,
      effectiveFrom: '2024-01-01',
      documents: [own],
      values: { 'ratio.yearFloor': localValue('1%') },
    })
    expect(refusalOf([bind({ preset: 'local/test' })], province, '2026-03-02', [...shippedPresets, local])).toMatchObject({
      code: 'override-not-allowed',
      key: 'ratio.yearFloor',
    })
  })

  it('POL-06 a document of a subordinate may not replace what the superior fixed; the superior’s own may', () => {
    const later = presetOf({
      name: 'later',
      title: '后续文件',
      extends: 'heilongjiang',
      status: 'in-force',
      version: 1,
      effectiveFrom: '2024-01-01',
      documents: [{ ...own, id: '900', kind: 'policy' }],
      values: { 'publish.due': { value: { workingDays: 10 }, source: { document: '900', clause: '一' }, strength: 'shall' } },
    })
    const presets = [...shippedPresets, later]
    const ofProvince = valueOf(resolve([bind({ preset: 'later' })], city, '2026-03-02', presets))
    expect(valueOf(ofProvince.get('publish.due'))).toEqual({ workingDays: 10 })
    const ofCity = [bind({ preset: 'heilongjiang' }), bind({ regionCode: city, preset: 'later' })]
    expect(refusalOf(ofCity, city, '2026-03-02', presets)).toMatchObject({ code: 'override-not-allowed', key: 'publish.due' })
  })

  it('POL-06 a region has exactly one binding at a time', () => {
    const first = bind({ preset: 'heilongjiang', to: '2026-03-01' })
    const second = bind({ preset: 'samr-2024', from: '2026-03-02' })
    expect(valueOf(resolve([first, second], province, '2026-03-01')).id.preset).toBe('heilongjiang')
    expect(valueOf(resolve([first, second], province, '2026-03-02')).id.preset).toBe('samr-2024')
    expect(refusalOf([first, bind({ preset: 'samr-2024', from: '2026-03-01' })], province, '2026-03-01').code).toBe('binding-ambiguous')
  })

  it('refuses two documents of one number that differ', () => {
    const provincial = bind({
      preset: 'heilongjiang',
      documents: [own],
      values: { coverageScope: localValue('EACH_LEVEL', { local: 'overridable' }) },
    })
    const differing = { ...own, title: '另一份说明' }
    const cityBinding = bind({ regionCode: city, documents: [differing], values: { coverageScope: localValue('LEVELS_TOGETHER') } })
    expect(refusalOf([provincial, cityBinding], city)).toMatchObject({ code: 'document-conflict', document: 'own' })
    const same = bind({ regionCode: city, documents: [own], values: { coverageScope: localValue('LEVELS_TOGETHER') } })
    expect(resolve([provincial, same], city).ok).toBe(true)
  })
})

describe('POL-04 unset values', () => {
  const borrowed = {
    value: { workingDays: 20 },
    source: { document: '001', clause: '二(四)二要' },
    strength: 'shall',
    basis: 'borrowed',
  }
  const lender = { id: '001', title: '黑龙江省实施方案', issuer: '黑龙江省市场监督管理局', kind: 'policy' }

  it('POL-04 Appendix F 21: a value no document gives stops the operation with a message naming the key', () => {
    const unset = samr2024.get('publish.due')
    expect(unset).toMatchObject({ ok: false, error: { code: 'policy-unset', key: 'publish.due', preset: 'samr-2024' } })
    expect(unset.ok ? '' : unset.error.message).toContain('publication.due')
    expect(unset.ok ? '' : unset.error.message).toContain('publish.due')
  })

  it('POL-04 a region supplies a borrowed value, and it is shown as borrowed with its lender', () => {
    const policy = valueOf(resolve([bind({ preset: 'samr-2024', documents: [lender], values: { 'publish.due': borrowed } })]))
    expect(valueOf(policy.get('publish.due'))).toEqual({ workingDays: 20 })
    expect(policy.origin('publish.due')).toMatchObject({
      preset: 'region/230000',
      label: 'borrowed',
      clause: '二(四)二要',
      document: { id: '001' },
    })
  })

  it('POL-04 a region’s value without a label is refused', () => {
    const { basis: _, ...unlabelled } = borrowed
    const binding = parseBinding({ regionCode: province, from: '2024-01-01', documents: [lender], values: { 'publish.due': unlabelled } })
    expect(binding).toMatchObject({ ok: false, error: [{ path: 'values/publish.due/basis' }] })
  })

  it('refuses a binding with a region code, date or instant that is none', () => {
    const binding = parseBinding({
      regionCode: '2303',
      from: '2024-02-30',
      draftApproval: { by: 'user-1', at: '2024-02-30T00:00:00Z', reason: '试' },
    })
    expect(binding.ok ? [] : binding.error.map(({ path, message }) => [path, message])).toEqual([
      ['regionCode', '不是六位行政区划代码：2303'],
      ['from', '不是 YYYY-MM-DD 日期：2024-02-30'],
      ['draftApproval/at', '不是 UTC 时刻：2024-02-30T00:00:00Z'],
    ])
  })

  it('POL-04 refuses a binding whose value its key does not take, and one from a document that it does not list', () => {
    const paths = (file: object) => {
      const binding = parseBinding({ regionCode: province, from: '2024-01-01', ...file })
      return binding.ok ? [] : binding.error.map(({ path }) => path)
    }
    const wrong = { 'publish.due': { ...borrowed, value: { workingDays: 0 } } }
    expect(paths({ documents: [lender], values: wrong })).toEqual(['values/publish.due/value/workingDays'])
    expect(paths({ values: { 'publish.due': borrowed } })).toEqual(['values/publish.due/source/document'])
    expect(valueOf(parseBinding({ regionCode: province, from: '2024-01-01' }))).toMatchObject({
      documents: [],
      production: true,
      version: 1,
    })
  })
})
