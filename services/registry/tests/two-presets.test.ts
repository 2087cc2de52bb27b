import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportAnswer } from './files.ts'
import { type Harness, startRegistry } from './harness.ts'

interface Place {
  readonly region: string
  readonly preset: string
  readonly bureau: string
  readonly below: string
}

/** Two jurisdictions of one registry, each with a bureau and one below it. */
const province: Place = { region: '230000', preset: 'heilongjiang', bureau: '230000-scj', below: '230300-scj' }
const municipality: Place = { region: '310000', preset: 'shanghai-2019', bureau: '310000-scj', below: '310115-scj' }
/** And one whose provincial list holds the national one in full. */
const drafted: Place = { region: '320000', preset: 'samr-2023-draft', bureau: '320000-scj', below: '320100-scj' }
const places = [province, municipality]

let registry: Harness
beforeAll(async () => {
  registry = await startRegistry()
  for (const { region, preset, bureau, below } of [...places, drafted]) {
    const units = [
      '单位编码,单位名称,单位类型,行政区划,上级单位,所属部门',
      `${bureau},示例市场监督管理局,局,${region},,市场监管`,
      `${below},示例下级市场监督管理局,局,${below.slice(0, 6)},,市场监管`,
      '',
    ]
    await (await registry.as(['OPERATOR'], { unitId: bureau })).upload('/v1/units/import', units.join('\n'), 'text/csv')
    const admin = await registry.as(['POLICY_ADMIN'], { unitId: bureau })
    const draftApproval = { by: 'policy-admin', at: '2023-12-31T02:00:00.000Z', reason: '对照试验' }
    const bound = { regionCode: region, preset, from: '2024-01-01', ...(preset.endsWith('draft') ? { draftApproval } : {}) }
    expect(await admin.post('/v1/policy-bindings', bound)).toMatchObject({ status: 200 })
  }
})
afterAll(() => registry.dispose())

const header = '事项编码,事项名称,事项类别,抽查依据,抽查主体,抽查内容,抽查方式,适用对象类型,清单类型,比例上限,依据类型,业务处室'
const general = (code: string, cap: string) =>
  `${code},示例事项${code},一般检查事项,法,部门,内容,现场检查,企业,内部抽查,${cap},地方性法规,示例处`

/** The codes of what was found against a list; none: it was published. */
async function faultsOf(unitId: string, listId: string, rows: readonly string[], edition?: string): Promise<readonly string[]> {
  const clerk = await registry.as(['REGISTRY_CLERK'], { unitId })
  const path = `/v1/check-item-lists/import?listId=${listId}&businessLine=市场监管&effectiveFrom=2026-01-01&trigger=WORK_NEED${edition === undefined ? '' : `&edition=${encodeURIComponent(edition)}`}`
  const { status, body } = await clerk.upload<ImportAnswer>(path, `${[header, ...rows].join('\n')}\n`, 'text/csv')
  expect(status).toBe(200)
  const report = (await clerk.get<string>(body.reportUrl)).body
  const codes = report
    .split('\r\n')
    .slice(1, -1)
    .map((row) => row.split(',')[3] ?? '')
  expect({ ...body, listVersion: body['listVersion'] !== undefined }).toMatchObject({
    rejected: codes.length,
    listVersion: codes.length === 0,
  })
  return codes
}

describe('two presets in one run', () => {
  it('POL-01 REG-06 the same list is published under one and lacks its caps under the other', async () => {
    const outcomes = await Promise.all(places.map(({ bureau }) => faultsOf(bureau, `${bureau}-caps`, [general('A-1', '')])))
    expect(outcomes).toEqual([[], ['ratio-cap-missing']])
  })

  it('POL-01 REG-08 REG-09 what a bureau below adds of its own exceeds the list of one, and is welcome under the other', async () => {
    const own = async ({ bureau, below }: Place) => {
      expect(await faultsOf(bureau, `${bureau}-own`, [general('B-1', '5%')])).toEqual([])
      return faultsOf(below, `${below}-own`, [general('B-1', '5%'), general('B-2', '5%')])
    }
    expect(await own(province)).toEqual(['item-exceeds-provincial-list'])
    expect(await own(municipality)).toEqual([])
  })

  it('REG-07 a province leaves an item of the national list out under one, and not under the other', async () => {
    const national = '市场监管总局随机抽查事项清单'
    const lists = ({ bureau, preset }: Place) => [`${bureau}-national`, preset === drafted.preset ? national : undefined] as const
    const outcomes: Readonly<Record<string, readonly (readonly string[])[]>> = Object.fromEntries(
      await Promise.all(
        [province, drafted].map(async (place) => {
          const { bureau } = place
          const before = await faultsOf(bureau, `${bureau}-list`, [general('C-1', '5%')])
          const loaded = await faultsOf(bureau, lists(place)[0], [general('C-1', '5%'), general('C-2', '5%')], lists(place)[1])
          const short = await faultsOf(bureau, `${bureau}-list`, [general('C-1', '5%'), general('C-9', '5%')])
          const full = await faultsOf(
            bureau,
            `${bureau}-list`,
            ['C-1', 'C-2', 'C-9'].map((code) => general(code, '5%')),
          )
          return [place.preset, [before, loaded, short, full]] as const
        }),
      ),
    )
    expect(outcomes).toEqual({
      heilongjiang: [[], [], [], []],
      'samr-2023-draft': [['national-list-missing'], [], ['national-item-missing'], []],
    })
  })
})
