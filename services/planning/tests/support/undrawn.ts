import type { Policy } from '@dual-random/policy'
import { buildUndrawnLine, type UndrawnContext } from '../../src/domain/build-undrawn-line.ts'
import type { UndrawnLine, UndrawnLineInput } from '../../src/domain/undrawn-line.ts'
import { days, item, items, lineContext, lineId, scj } from './lines.ts'
import { fourCoalCities, valueOf } from './shipped.ts'

/** Beside the usual items one of special equipment, known by what inspectors have to be versed in. */
export const listed = [...items, item('T1', { name: '电梯使用单位检查', specialities: ['特种设备'] })]

export const undrawnContext = (policy: Policy = fourCoalCities, members: Partial<UndrawnContext> = {}): UndrawnContext => ({
  ...lineContext({ items: new Map(listed.map((each) => [each.code, each])) }, policy),
  drawn: [{ lineId: lineId('L01') }],
  clueTasks: new Set(['clue-task-1']),
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
export const refusedFor = (input: UndrawnLineInput, context: UndrawnContext = undrawnContext()): readonly string[] => {
  const built = buildUndrawnLine(input, context, { lineId: lineId('L02'), commandId: 'c' })
  return built.ok ? [] : built.error.map(({ code }) => code)
}
