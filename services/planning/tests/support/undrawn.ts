import type { Policy } from '@dual-random/policy'
import { buildUndrawnLine, type UndrawnContext } from '../../src/domain/build-undrawn-line.ts'
import type { GivenUndrawnLine, KeyMatter, UndrawnLine, UndrawnLineInput } from '../../src/domain/undrawn-line.ts'
import { code, days, item, items, lineContext, lineId, scj } from './lines.ts'
import { fourCoalCities, valueOf } from './shipped.ts'

/** Beside the usual items one of special equipment, known by what inspectors have to be versed in. */
export const listed = [...items, item('T1', { name: '电梯使用单位检查', specialities: ['特种设备'] })]

/** A matter of the key-supervision list. */
export const lifts: KeyMatter = {
  listId: 'hlj-key',
  listVersion: 3,
  matterId: 'ZD-01',
  name: '电梯使用安全',
  field: '特种设备',
  objects: '电梯使用单位',
  applicability: { kinds: ['ENTERPRISE'], industryPrefixes: [], tags: ['CARRIER:电梯'] },
  itemCodes: [code('T1')],
  stages: ['使用', '维保'],
  timesPerYear: 2,
}

export const undrawnContext = (policy: Policy = fourCoalCities, members: Partial<UndrawnContext> = {}): UndrawnContext => ({
  ...lineContext({ items: new Map(listed.map((each) => [each.code, each])) }, policy),
  drawn: [{ lineId: lineId('L01') }],
  clueTasks: new Set(['clue-task-1']),
  keyMatters: [lifts],
  ...members,
})

/** A special check in a field that no item covers. */
export const undrawnInput = (members: Partial<UndrawnLineInput> = {}): UndrawnLineInput => ({
  kind: 'SPECIAL_CHECK',
  taskName: '校园周边专项检查',
  field: '文具',
  objectScope: '校园周边文具店',
  objects: { kinds: ['ENTERPRISE'], industryPrefixes: ['F52'], tags: [] },
  itemCodes: [],
  unitIds: [scj],
  window: days('2026-04-01', '2026-04-30'),
  ...members,
})

/** A campaign, which nothing bars. */
export const campaign = (id: string, members: Partial<UndrawnLineInput> = {}): UndrawnLine => {
  const input = undrawnInput({ kind: 'CAMPAIGN', taskName: '专项整治', basis: '市局部署', ...members })
  return valueOf(buildUndrawnLine(input, undrawnContext(), { lineId: lineId(id), commandId: `c-${id}` }))
}

/** The codes of what is refused; none where the line stands. */
export const refusedFor = (input: GivenUndrawnLine, context: UndrawnContext = undrawnContext()): readonly string[] => {
  const built = buildUndrawnLine(input, context, { lineId: lineId('L02'), commandId: 'c' })
  return built.ok ? [] : built.error.map((problem) => problem.code)
}
