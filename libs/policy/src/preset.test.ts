import { describe, expect, it } from 'vitest'
import { shippedPresets } from '../tests/shipped-presets.ts'
import { allPolicyKeys, type Preset, parsePreset, type ValueEntry } from './index.ts'

const file = {
  name: 'test',
  title: '测试',
  status: 'in-force',
  version: 1,
  effectiveFrom: '2024-01-01',
  documents: [
    { id: '900', title: '测试文件', issuer: '测试机关', kind: 'policy' },
    { id: 'own', title: '本地说明', issuer: '测试机关', kind: 'local' },
  ],
  values: { 'publish.due': { value: { workingDays: 20 }, source: { document: '900', clause: '一' }, strength: 'shall' } },
}

const withEntry = (key: string, entry: object): object => ({ ...file, values: { [key]: entry } })

const pathsOfFaults = (input: unknown): readonly string[] => {
  const preset = parsePreset(input)
  return preset.ok ? [] : preset.error.map(({ path }) => path)
}

/** The entries of all shipped presets that a rule does not hold for, as `preset key`. */
const entriesBreaking = (rule: (entry: ValueEntry, preset: Preset) => boolean, presets = shippedPresets): readonly string[] =>
  presets.flatMap((preset) => [...preset.values].filter(([, entry]) => !rule(entry, preset)).map(([key]) => `${preset.name} ${key}`))

const kindOf = (entry: ValueEntry, preset: Preset): string | undefined =>
  preset.documents.find(({ id }) => id === entry.source.document)?.kind

const isLocal = ({ name }: Preset): boolean => name.startsWith('local/')

describe('shipped presets', () => {
  it('POL-02 every value of every preset carries a listed document and a clause', () => {
    expect(shippedPresets.map(({ name, values }) => [name, values.size > 0])).toEqual([
      ['heilongjiang', true],
      ['local/four-coal-cities', true],
      ['samr-2023-draft', true],
      ['samr-2024', true],
      ['shanghai-2019', true],
      ['shaoxing-2019-draft', true],
    ])
    expect(entriesBreaking((entry, preset) => kindOf(entry, preset) !== undefined && /\S/.test(entry.source.clause))).toEqual([])
  })

  it('POL-02 clauses of policy documents are written in the documents’ own numerals', () => {
    const clause = /^[一二三四五六](\([一二三四五六七八九十]+\)([一二三四五六]要)?)?$/
    const wellFormed = ({ source }: ValueEntry): boolean => source.clause.split(', ').every((part) => clause.test(part))
    expect(entriesBreaking((entry, preset) => kindOf(entry, preset) !== 'policy' || wellFormed(entry))).toEqual([])
  })

  it('POL-02 every label follows its document: local choices are labelled local, all others come from a policy document', () => {
    expect(entriesBreaking((entry, preset) => (entry.basis === 'local') === (kindOf(entry, preset) === 'local'))).toEqual([])
  })

  it('POL-04 a local preset labels every value and says of each where it stands; the documents’ presets label none', () => {
    const local = shippedPresets.filter(isLocal)
    expect(local.map(({ name }) => name)).toEqual(['local/four-coal-cities'])
    expect(entriesBreaking(({ basis, note }) => basis !== undefined && note !== undefined, local)).toEqual([])
    const others = shippedPresets.filter((preset) => !isLocal(preset))
    expect(entriesBreaking(({ basis }) => basis === undefined, others)).toEqual([])
  })

  it('POL-04 each preset that extends none gives or leaves unset every key there is', () => {
    const roots = shippedPresets.filter((candidate) => candidate.extends === undefined)
    expect(roots.map(({ name }) => name)).toEqual(['samr-2023-draft', 'samr-2024', 'shanghai-2019', 'shaoxing-2019-draft'])
    for (const preset of roots) expect(allPolicyKeys.filter((key) => !preset.values.has(key) && !preset.unset.has(key))).toEqual([])
  })

  it('POL-03 the two consultation drafts are marked draft, and no other', () => {
    expect(shippedPresets.filter(({ status }) => status === 'draft').map(({ name }) => name)).toEqual([
      'samr-2023-draft',
      'shaoxing-2019-draft',
    ])
  })
})

describe('preset file', () => {
  it('accepts the smallest file and keeps its values', () => {
    const preset = parsePreset(file)
    expect(preset.ok && preset.value.values.get('publish.due')?.value).toEqual({ workingDays: 20 })
  })

  it('POL-02 refuses a value without clause or from a document not listed', () => {
    const entry = file.values['publish.due']
    expect(pathsOfFaults(withEntry('publish.due', { ...entry, source: { document: '900', clause: ' ' } }))).toEqual([
      'values/publish.due/source/clause',
    ])
    expect(pathsOfFaults(withEntry('publish.due', { ...entry, source: { document: '901', clause: '一' } }))).toEqual([
      'values/publish.due/source/document',
    ])
  })

  it('refuses unknown keys, wrong values and misspelt members, all at once', () => {
    const entry = file.values['publish.due']
    expect(pathsOfFaults({ ...file, values: { 'publish.dew': entry, 'publish.due': { ...entry, value: { workingDays: '20' } } } })).toEqual(
      ['values/publish.dew', 'values/publish.due/value/workingDays'],
    )
    expect(pathsOfFaults(withEntry('publish.due', { ...entry, value: { workingDays: 20, days: 1 } }))).toHaveLength(1)
    expect(pathsOfFaults({ ...file, verison: 2 })).toHaveLength(1)
    expect(pathsOfFaults(withEntry('publish.lateEffect', { ...entry, value: 'NONE' }))).toEqual(['values/publish.lateEffect/value'])
    expect(parsePreset({ ...file, verison: 2 })).toMatchObject({ ok: false, error: [{ code: 'policy-file-invalid' }] })
  })

  it('POL-04 refuses a local value without its label, and the label on a document’s value', () => {
    const entry = file.values['publish.due']
    const local = { ...entry, source: { document: 'own', clause: '一' } }
    expect(pathsOfFaults(withEntry('publish.due', local))).toEqual(['values/publish.due/basis'])
    expect(pathsOfFaults(withEntry('publish.due', { ...local, basis: 'local' }))).toEqual([])
    expect(pathsOfFaults(withEntry('publish.due', { ...entry, basis: 'local' }))).toEqual(['values/publish.due/basis'])
    expect(pathsOfFaults(withEntry('publish.due', { ...entry, basis: 'borrowed' }))).toEqual([])
  })

  it('POL-04 refuses a key that is both given and unset', () => {
    expect(pathsOfFaults({ ...file, unset: [{ keys: ['publish.due', 'ratio.bands', 'no.such'], note: '无' }] })).toEqual([
      'unset/publish.due',
      'unset/no.such',
    ])
  })

  it('POL-05 refuses dates that end before they begin', () => {
    expect(pathsOfFaults({ ...file, effectiveTo: '2023-12-31' })).toEqual(['effectiveTo'])
    expect(pathsOfFaults({ ...file, effectiveTo: '2024-01-01' })).toEqual([])
  })

  it('DQ-06 refuses a percentage it cannot keep exactly, and a band upside down', () => {
    const bands = (min: string, max: string): object =>
      withEntry('ratio.bands', { value: [{ grade: 'A', min, max }], source: { document: '900', clause: '一' }, strength: 'by-default' })
    expect(pathsOfFaults(bands('1%', '1%'))).toEqual([])
    expect(pathsOfFaults(bands('1.01%', '1%'))).toEqual(['values/ratio.bands/value/0'])
    expect(pathsOfFaults(bands('0.03', '1%'))).toEqual(['values/ratio.bands/value/0/min'])
    expect(pathsOfFaults(bands('1%', '101%'))).toEqual(['values/ratio.bands/value/0/max'])
  })

  it('DQ-06 says of a percentage or date that is none what stands there', () => {
    const message = (key: string, value: unknown) => {
      const preset = parsePreset(withEntry(key, { ...file.values['publish.due'], value }))
      return preset.ok ? '' : preset.error[0]?.message
    }
    expect(message('ratio.yearFloor', '0.05')).toBe('不是百分比：0.05')
    expect(message('plan.dueExceptions', [{ year: 2026, planType: 'JOINT', due: '2026-02-30' }])).toBe('不是 YYYY-MM-DD 日期：2026-02-30')
  })

  it('speaks Chinese about what a schema refuses', () => {
    const preset = parsePreset({ ...file, version: 0 })
    expect(preset.ok ? '' : preset.error[0]?.message).toMatch(/\p{Script=Han}/u)
  })
})
