import type { PlanId } from '@dual-random/kernel'
import { undrawnSheet } from '@dual-random/tables'
import { describe, expect, it } from 'vitest'
import { code, days, gaj, lineId, planHeader, planLine, scj, units } from '../../tests/support/lines.ts'
import { shaoxing, valueOf } from '../../tests/support/shipped.ts'
import { campaign, lifts, undrawnContext, undrawnInput } from '../../tests/support/undrawn.ts'
import { buildUndrawnLine } from '../domain/build-undrawn-line.ts'
import type { Plan, PlanVersion } from '../domain/plan.ts'
import type { UndrawnLine } from '../domain/undrawn-line.ts'
import { type Names, type PolicyWords, planDocument } from './plan-document.ts'
import { undrawnDocument, undrawnNotices } from './undrawn-document.ts'

const names: Names = { item: (item) => `事项${item}`, unit: (id) => units.find(({ unitId }) => unitId === id)?.name ?? id }
const ground = (id: string): string => (id === 'SUPERIOR_REQUIRES' ? '上级有专门要求' : id)

const versionOf = (...undrawn: readonly UndrawnLine[]): PlanVersion => ({
  number: 2,
  state: 'DRAFT',
  lines: [planLine('L01')],
  ...(undrawn.length === 0 ? {} : { undrawn }),
  changes: [],
})

const planOf = (version: PlanVersion, members: Partial<Plan> = {}): Plan =>
  ({ ...planHeader, planId: 'p1' as PlanId, versions: [version], ...members }) as Plan
const documentOf = (version: PlanVersion) => undrawnDocument(planOf(version), version, names, ground)
const textsOf = (line: UndrawnLine): string =>
  undrawnSheet(documentOf(versionOf(line)))
    .rows.flatMap(({ cells }) => cells)
    .join('\n')

const keyLine = valueOf(
  buildUndrawnLine(
    {
      kind: 'KEY_SUPERVISION',
      taskName: '电梯全覆盖检查',
      matterId: lifts.matterId,
      unitIds: [scj, gaj],
      window: days('2026-03-01', '2026-11-30'),
    },
    undrawnContext(),
    { lineId: lineId('L02'), commandId: 'c' },
  ),
)

describe('the checks of a plan that are not drawn, as a document', () => {
  it('PLN-20 has kind, field, objects, items, time and departments of each line by name', () => {
    const line = campaign('L03', {
      itemCodes: [code('K1')],
      unitIds: [scj, gaj],
      objects: {
        kinds: ['ENTERPRISE', 'INDIVIDUAL_BUSINESS', 'OTHER_SUBJECT', 'PRODUCT', 'PROJECT', 'ACTIVITY'],
        industryPrefixes: ['F52', 'H62'],
        tags: ['校园周边'],
      },
    })
    const { title, publisher, lines, remarks } = documentOf(versionOf(line))
    expect({ title, publisher, remarks }).toEqual({
      title: '鸡西市市场监督管理局2026年度“双随机、一公开”抽查工作计划：不经抽取的检查',
      publisher: '鸡西市市场监督管理局',
      remarks: ['注：计划编号 p1；第 2 版（草案）'],
    })
    expect(lines).toEqual([
      {
        lineId: 'L03',
        kind: '专项整治（行动）',
        taskName: '专项整治',
        field: '文具',
        objectScope: '校园周边文具店',
        objectMarks: '类型：企业、个体工商户、其他主体、产品、项目、行为；行业代码：F52、H62；标签：校园周边',
        itemNames: ['事项K1'],
        window: days('2026-04-01', '2026-04-30'),
        initiator: '鸡西市市场监督管理局',
        participants: ['鸡西市公安局'],
        matter: '',
        stages: [],
        basis: '市局部署',
        problem: '',
        means: '',
        coveredBy: ['事项K1'],
        jointException: '',
        reasons: '',
      },
    ])
  })

  it('TGT-05 PLN-20 names the matter of key supervision with its list, and the stages of its chain', () => {
    expect(documentOf(versionOf(keyLine)).lines).toMatchObject([
      {
        kind: '重点监管',
        field: '特种设备',
        objectScope: '电梯使用单位',
        matter: '电梯使用安全（清单 hlj-key 第 3 版，编号 ZD-01）',
        stages: ['使用', '维保'],
        itemNames: ['事项T1'],
        coveredBy: ['事项T1'],
      },
    ])
  })

  it('PLN-19 POL-07 tells why a special check stands in a field that items cover, and not who entered it', () => {
    const reasons = (['SPECIAL_CHECK_IN_LISTED_FIELD', 'CHECK_WITHOUT_DRAW'] as const).map((rule) => ({
      rule,
      reason: '市政府部署',
      legalBasis: '特种设备安全法',
    }))
    const given = { ...undrawnInput({ field: '特种设备' }), reasons }
    const line = valueOf(buildUndrawnLine(given, undrawnContext(), { lineId: lineId('L02'), commandId: 'c-secret' }))
    expect(documentOf(versionOf(line)).lines[0]?.reasons).toBe(
      '抽查事项已覆盖的领域原则上不再专项检查、巡查：市政府部署（特种设备安全法）；日常检查原则上经抽取进行：市政府部署（特种设备安全法）',
    )
    for (const secret of ['c-secret', 'planner']) expect(textsOf(line)).not.toContain(secret)
  })

  it.each([
    [{ lineId: lineId('L01') }, '由本计划抽查事项第 1 项“商品质量检查”的抽取进行'],
    [{ lineId: lineId('L09') }, '由本计划 L09 的抽取进行'],
    [{ clueTaskId: 'clue-task-1' }, '由线索任务 clue-task-1 的抽取进行'],
    [{ similar: '随机抽取检查点位' }, '随机抽取检查点位'],
  ])('TGT-11 tells the problem that a special check answers, and how: %j', (means, text) => {
    const problem = { trigger: { id: 'WIDESPREAD', text: '普遍性问题' }, description: '投诉集中', means }
    const line: UndrawnLine = { ...campaign('L02'), kind: 'SPECIAL_CHECK', problem }
    expect(documentOf(versionOf(line)).lines).toMatchObject([{ kind: '专项检查', problem: '普遍性问题：投诉集中', means: text }])
  })

  it('PLN-22 tells on what ground a department checks alone, in the words of policy', () => {
    const exception = (id: string) => ({ ground: id, basis: '省局通知', by: 'planner', at: '2026-01-10T02:00:00.000Z' as never })
    const line = (id: string): UndrawnLine => ({ ...campaign('L02'), jointException: exception(id) })
    expect(documentOf(versionOf(line('SUPERIOR_REQUIRES'))).lines[0]?.jointException).toBe('上级有专门要求（省局通知）')
    expect(documentOf(versionOf(line('GONE'))).lines[0]?.jointException).toBe('GONE（省局通知）')
    expect(shaoxing.find('exemptFromJoint')?.map(({ id }) => id)).toContain('SUPERIOR_REQUIRES')
    expect(textsOf(line('SUPERIOR_REQUIRES'))).not.toContain('planner')
  })

  it('PLN-20 loses no word of any line in its table', () => {
    const patrol: UndrawnLine = { ...campaign('L04'), kind: 'FULL_COVERAGE_PATROL' }
    const line: UndrawnLine = {
      ...keyLine,
      basis: '市局部署',
      problem: { trigger: { id: 'WIDESPREAD', text: '普遍性问题' }, description: '投诉集中', means: { similar: '实地核查' } },
    }
    const { lines } = documentOf(versionOf(line, patrol))
    const cells = undrawnSheet(documentOf(versionOf(line, patrol))).rows.flatMap((row) => row.cells)
    for (const { window, ...members } of lines) {
      for (const value of [...Object.values(members).flat(), window.start, window.end]) expect(cells.join('\n')).toContain(value)
    }
    expect(lines.map(({ kind }) => kind)).toEqual(['重点监管', '“全覆盖”式巡查'])
  })
})

describe('what the table of the drawn lines says of the others', () => {
  it('PLN-20 is how many there are of each kind, and where they stand', () => {
    expect(undrawnNotices(versionOf(keyLine, campaign('L03'), campaign('L04')), '见另表')).toEqual([
      '注：另有3项不经抽取的检查（重点监管1项、专项整治（行动）2项）不在本表，见另表',
    ])
  })

  it('PLN-20 is nothing where there are none: the table is what it was', () => {
    expect(undrawnNotices(versionOf(), '见另表')).toEqual([])
    const version = versionOf()
    const words: PolicyWords = { mode: (mode) => mode, ground, aspect: (aspect) => aspect }
    expect(planDocument(planOf(version), version, names, words, undrawnNotices(version, '见另表')).remarks).toEqual([
      '注：计划编号 p1；第 2 版（草案）',
    ])
    expect(planDocument(planOf(version), version, names, words, ['注：甲']).remarks).toEqual(['注：甲', '注：计划编号 p1；第 2 版（草案）'])
  })
})
