import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, callJson } from '../../tests/support/called.ts'

const policy = (...words: readonly string[]) => call({}, 'policy', ...words)
const policyJson = (...words: readonly string[]) => callJson({}, 'policy', ...words)

const presets = ['heilongjiang', 'local/four-coal-cities', 'samr-2023-draft', 'samr-2024', 'shanghai-2019', 'shaoxing-2019-draft']

describe('policy show', () => {
  it.each(presets)('POL-02 lists every key of %s, each value with its document and clause, each gap with its reason', async (preset) => {
    const { exitCode, lines } = await policyJson('show', '--preset', preset)
    expect(exitCode).toBe(0)
    expect(lines.length).toBeGreaterThan(80)
    const given = lines.filter(({ value }) => value !== undefined)
    const sourced = given.filter((line) =>
      [line['document'], line['clause'], line['strength']].every((member) => typeof member === 'string'),
    )
    expect(sourced).toHaveLength(given.length)
    const gaps = lines.filter(({ value }) => value === undefined)
    expect(gaps.filter(({ unset }) => typeof unset !== 'string' || unset.trim() === '')).toEqual([])
  })

  it('POL-03 marks drafts, and them alone', async () => {
    for (const preset of presets) {
      const { out } = await policy('show', '--preset', preset)
      expect(out.some((line) => line.includes('[征求意见稿 / draft]'))).toBe(preset.endsWith('-draft'))
    }
  })

  it('POL-06 lists what a region inherits from its province and decides itself', async () => {
    const { out } = await policy('show', '--region', '230321', '--at', '2026-03-02')
    expect(out.slice(0, 4)).toEqual([
      '地区 230321 / region 230321, 2026-03-02:',
      '    samr-2024@1',
      '    heilongjiang@1',
      '    local/four-coal-cities@1',
    ])
    const due = out.indexOf('publish.due (publication.due)「检查结果公示期限」')
    expect(out.slice(due + 1, due + 3)).toEqual(['    {"workingDays":20}', '    应当 / shall; 001 二(四)二要; heilongjiang@1'])
  })

  it('POL-04 says why a key is unset', async () => {
    const { out } = await policy('show', '--preset', 'samr-2024')
    const due = out.indexOf('publish.due (publication.due)「检查结果公示期限」')
    expect(out[due + 1]).toMatch(/^ {4}未设定 \/ unset: 只写依法公示/)
  })

  it('POL-05 takes today where no date is given, and a preset only while it is in force', async () => {
    expect((await policy('show', '--preset', 'heilongjiang')).out[0]).toContain('2026-03-02')
    expect(await policy('show', '--preset', 'heilongjiang', '--at', '2023-12-31')).toMatchObject({
      exitCode: 1,
      err: [expect.stringContaining('preset-missing')],
    })
    expect((await policy('show', '--preset', 'heilongjiang', '--at', '2024-01-01')).exitCode).toBe(0)
  })

  it('refuses a region that nothing is bound to', async () => {
    expect(await policy('show', '--region', '110000')).toMatchObject({
      exitCode: 1,
      out: [],
      err: [expect.stringContaining('region-unbound')],
    })
  })

  it.each([
    [],
    ['--preset', 'samr-2024', '--region', '230000'],
    ['--region', '2303'],
    ['--preset', 'samr-2025'],
    ['--preset', 'samr-2024', '--at', '2026-02-30'],
    ['--preset', 'samr-2024', 'publish.due'],
    ['--preset', 'samr-2024', '--presets', '/nowhere'],
    ['--region', '230000', '--bindings', '/nowhere.yaml'],
  ])('refuses %s %s %s %s', async (...words) => {
    expect(await policy('show', ...words)).toMatchObject({ exitCode: 2, out: [] })
  })
})

describe('policy diff', () => {
  it('POL-01 shows both sides of each rule that differs, and counts the rest', async () => {
    const { exitCode, out } = await policy('diff', 'samr-2024', 'heilongjiang')
    expect(exitCode).toBe(1)
    const bands = out.indexOf('ratio.yearFloor「年度抽查下限」')
    expect(out.slice(bands + 1, bands + 4)).toEqual([
      '  - 未设定 / unset: 文件未规定等级、比例和重复抽查的其他情形。',
      '  + "5%"',
      '    应当 / shall; 001 二(三)一要; heilongjiang@1',
    ])
    // The same rule in both, each from its own document.
    expect(out.some((line) => line.startsWith('repeat.lowRiskBar'))).toBe(false)
    const { lines } = await policyJson('diff', 'samr-2024', 'heilongjiang')
    expect(out.at(-1)).toContain(`${lines.length} different`)
  })

  it('finds no difference between a region and the preset it is bound to', async () => {
    expect((await policyJson('diff', '230000', 'heilongjiang')).exitCode).toBe(0)
    expect(await policyJson('diff', '230300', 'local/four-coal-cities')).toMatchObject({ exitCode: 0, lines: [] })
  })

  it.each([
    [[]],
    [['samr-2024']],
    [['samr-2024', 'heilongjiang', 'x']],
    [['samr-2024', 'heilongjiang@2026']],
    [['samr-2024', '@2026-01-01']],
  ])('refuses %j', async (words) => {
    expect((await policy('diff', ...words)).exitCode).toBe(2)
  })
})

describe('policy explain', () => {
  it('POL-02 tells the bindings, what every layer says, and which is in force', async () => {
    const { exitCode, out } = await policy('explain', 'publish.due', '--region', '230300', '--at', '2026-03-02')
    expect(exitCode).toBe(0)
    expect(out).toEqual([
      '地区 230300 / region 230300, 2026-03-02:',
      'publish.due (publication.due)「检查结果公示期限」',
      '    {"workingDays":20}',
      '    应当 / shall; 001 二(四)二要; heilongjiang@1',
      '绑定 / bindings',
      '    230000 → heilongjiang; 2024-01-01 起 / from 2024-01-01',
      '    230300 → local/four-coal-cities; 2024-01-01 起 / from 2024-01-01',
      '各层 / layers',
      expect.stringContaining('    samr-2024@1: 文件未给出 / not given: 只写依法公示'),
      '  * heilongjiang@1: {"workingDays":20}',
      '        应当 / shall; 001 二(四)二要; heilongjiang@1',
      expect.stringContaining('        黑龙江省市场监督管理局: 黑龙江省市场监督管理局全面深化'),
      '    local/four-coal-cities@1: 未提及 / silent',
    ])
  })

  it('POL-04 labels a local default with its key of Appendix E and why', async () => {
    const { lines } = await policyJson('explain', 'lowRiskGrades', '--region', '230300')
    expect(lines[0]).toMatchObject({
      value: ['A'],
      label: 'local',
      clause: '附录E lowRiskGrades',
      issuer: '四煤城试点市场监管部门',
      note: '推荐值。',
      setBy: { preset: 'local/four-coal-cities', version: 1 },
    })
  })

  it('takes the other name of a key, and names the key for one that is none', async () => {
    expect((await policyJson('explain', 'publication.due', '--preset', 'heilongjiang')).lines[0]).toMatchObject({ key: 'publish.due' })
    expect(await policy('explain', 'publish.dew', '--preset', 'heilongjiang')).toMatchObject({
      exitCode: 2,
      err: expect.arrayContaining([expect.stringContaining('publish.dew')]) as string[],
    })
  })

  it.each([[[]], [['publish.due']], [['publish.due', '--region', '230300', 'x']]])('refuses %j', async (words) => {
    expect((await policy('explain', ...words)).exitCode).toBe(2)
  })
})

describe('policy with bindings of one’s own', () => {
  let folder: string
  let bindings: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bindings-'))
    bindings = join(folder, 'bindings.yaml')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const bind = (...decisions: readonly object[]): void => writeFileSync(bindings, JSON.stringify(decisions))

  it('POL-04 POL-06 tells who set a region’s own value, why and on what basis', async () => {
    bind(
      { regionCode: '230000', preset: 'samr-2024', from: '2024-01-01' },
      {
        regionCode: '230300',
        from: '2026-01-01',
        documents: [{ id: '001', title: '黑龙江省实施方案', issuer: '黑龙江省市场监督管理局', kind: 'policy' }],
        values: {
          'publish.due': {
            value: { workingDays: 20 },
            source: { document: '001', clause: '二(四)二要' },
            strength: 'shall',
            basis: 'borrowed',
            note: '局长办公会决定借用。',
          },
        },
      },
    )
    const { out } = await policy('explain', 'publish.due', '--region', '230300', '--at', '2026-03-02', '--bindings', bindings)
    expect(out).toEqual(
      expect.arrayContaining([
        '    230300 → 沿用上级预设 / its superior’s preset; 2026-01-01 起 / from 2026-01-01; 自有取值 1 项 / own values: 1',
        '  * region/230300@1: {"workingDays":20}',
        '        应当 / shall; 001 二(四)二要; region/230300@1; 借用值 / borrowed value',
        '        黑龙江省市场监督管理局: 黑龙江省实施方案',
        '        局长办公会决定借用。',
      ]),
    )
    const before = await policyJson('explain', 'publish.due', '--region', '230300', '--at', '2025-12-31', '--bindings', bindings)
    expect(before.lines[0]).not.toHaveProperty('value')
    const diff = await policyJson('diff', '230300@2025-12-31', '230300@2026-01-01', '--bindings', bindings)
    expect(diff.lines.map(({ key }) => key)).toEqual(['publish.due'])
  })

  it('POL-03 refuses a draft for production without an approval, and shows who approved it and why', async () => {
    const binding = { regionCode: '330600', preset: 'shaoxing-2019-draft', from: '2024-01-01' }
    const explain = () => policy('explain', 'joint.lead', '--region', '330600', '--at', '2026-03-02', '--bindings', bindings)
    bind(binding)
    expect(await explain()).toMatchObject({ exitCode: 1, out: [], err: [expect.stringContaining('draft-not-approved')] })
    bind({ ...binding, draftApproval: { by: 'wang', at: '2026-03-01T00:00:00.000Z', reason: '对照试验' } })
    const { exitCode, out } = await explain()
    expect(exitCode).toBe(0)
    expect(out).toContain('        征求意见稿经批准 / draft approved: wang, 2026-03-01T08:00:00.000+08:00: 对照试验')
    expect(out.filter((line) => line.includes('[征求意见稿 / draft]'))).not.toEqual([])
  })

  it('refuses an override of a key that is not overridable, and names what is wrong with a list', async () => {
    const own = { id: 'own', title: '本地说明', issuer: '鸡西市市场监督管理局', kind: 'local' }
    const value = { value: { workingDays: 10 }, source: { document: 'own', clause: '一' }, strength: 'shall', basis: 'local' }
    bind(
      { regionCode: '230000', preset: 'heilongjiang', from: '2024-01-01' },
      { regionCode: '230300', from: '2024-01-01', documents: [own], values: { 'publish.due': value } },
    )
    expect(await policy('show', '--region', '230300', '--bindings', bindings)).toMatchObject({
      exitCode: 1,
      err: [expect.stringContaining('override-not-allowed')],
    })
    bind({ regionCode: '2303', preset: 'heilongjiang', from: '2024-01-01' })
    expect((await policy('show', '--region', '230300', '--bindings', bindings)).err[0]).toContain('[0]/regionCode')
    writeFileSync(bindings, 'regionCode: "230300"')
    expect((await policy('show', '--region', '230300', '--bindings', bindings)).exitCode).toBe(2)
  })
})
