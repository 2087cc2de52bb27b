import { describe, expect, it } from 'vitest'
import { gaj, item, lineId, planHeader } from '../../tests/support/lines.ts'
import { fourCoalCities, shaoxing, valueOf } from '../../tests/support/shipped.ts'
import { lifts, listed, undrawnContext, undrawnInput } from '../../tests/support/undrawn.ts'
import { buildUndrawnLine } from '../domain/build-undrawn-line.ts'
import type { LineContext } from '../domain/line-input.ts'
import type { Plan } from '../domain/plan.ts'
import { asUndrawnInput } from '../domain/undrawn-as-input.ts'
import type { GivenUndrawnLine, KeyMatter, UndrawnLine } from '../domain/undrawn-line.ts'
import { judgeUndrawn } from './judge-undrawn.ts'
import type { Caller, Ports } from './ports.ts'

const context = undrawnContext()
const identity = { lineId: lineId('L02'), commandId: 'c' }
const built = (given: GivenUndrawnLine, of = context): UndrawnLine => valueOf(buildUndrawnLine(given, of, identity))
const reason = (rule: 'CHECK_WITHOUT_DRAW' | 'SPECIAL_CHECK_IN_LISTED_FIELD') => ({ rule, reason: '市政府部署', legalBasis: '通知' })
const withoutDraw = reason('CHECK_WITHOUT_DRAW')
const inListed = reason('SPECIAL_CHECK_IN_LISTED_FIELD')
const stationery = undrawnInput({ reasons: [withoutDraw] })
const keyLine: GivenUndrawnLine = {
  kind: 'KEY_SUPERVISION',
  taskName: '电梯',
  matterId: lifts.matterId,
  unitIds: stationery.unitIds,
  window: stationery.window,
}

/** The list of later, which has an item of the field of stationery. */
const later: LineContext = {
  ...context,
  items: new Map([...listed, item('S9', { name: '文具质量检查' })].map((each) => [each.code, each])),
}

function judge(line: UndrawnLine, now: LineContext, { matters = [lifts], isPublished = false } = {}) {
  const drawn = { lines: [{ lineId: 'L01' }], undrawn: [line], changes: [] }
  const versions = [...(isPublished ? [{ ...drawn, number: 1, state: 'PUBLISHED' }] : []), { ...drawn, number: 2, state: 'DRAFT' }]
  const ports = { registry: { keyMatters: async (): Promise<readonly KeyMatter[]> => matters }, clock: () => context.act.at }
  return judgeUndrawn(ports as unknown as Ports, { ...planHeader, versions } as unknown as Plan, now, { context: {} } as unknown as Caller)
}
const refusedOf = async (...args: Parameters<typeof judge>) =>
  (await judge(...args)).refused.flatMap(({ base, problems }) => problems.map(({ code, pointer }) => `${base}${pointer} ${code}`))

describe('lines without a draw as they are filed', () => {
  it('PLN-19 a field that random items have come to cover asks for its reason; with it the line takes the items down', async () => {
    const line = built(stationery)
    expect(await refusedOf(line, context)).toEqual([])
    expect(await refusedOf(line, later)).toEqual(['/lines/L02/kind special-check-barred'])
    const { refused, coveredBy } = await judge(built({ ...stationery, reasons: [withoutDraw, inListed] }), later)
    expect(refused).toEqual([])
    expect([...coveredBy]).toEqual([['L02', ['S9']]])
  })

  it('PLN-13 a unit that is there no longer is refused', async () => {
    const line = built({ ...stationery, unitIds: [...stationery.unitIds, gaj] })
    const units = new Map([...context.units].filter(([unitId]) => unitId !== gaj))
    expect(await refusedOf(line, context)).toEqual([])
    expect(await refusedOf(line, { ...context, units })).toEqual(['/lines/L02/unitIds/1 unit-unknown'])
  })

  it('TGT-05 key supervision is refused without its matter, and where an item of it is off the list', async () => {
    const line = built(keyLine)
    expect(await refusedOf(line, context)).toEqual([])
    expect(await refusedOf(line, context, { matters: [] })).toEqual(['/lines/L02/matterId key-matter-not-in-force'])
    // Another list has its own matter of that id.
    const ofCity = { ...lifts, listId: '230300-key', stages: [] }
    expect(await refusedOf(line, context, { matters: [ofCity, lifts] })).toEqual([])
    for (const isPublished of [false, true]) {
      const gone = await refusedOf(line, context, { matters: [ofCity], isPublished })
      expect(gone).toEqual(['/lines/L02/matterId key-matter-not-in-force'])
    }
    const items = new Map([...context.items].filter(([code]) => code !== 'T1'))
    expect(await refusedOf(line, { ...context, items })).toEqual(['/lines/L02/itemCodes/0 item-not-on-list'])
  })

  it('PLN-19 REG-13 a published line stands as it was, only its items must be listed and its matter in force', async () => {
    const published = { isPublished: true }
    const { refused, coveredBy } = await judge(built(stationery), later, published)
    expect([refused, coveredBy.size]).toEqual([[], 0])
    expect(await refusedOf(built(keyLine), context, { ...published, matters: [] })).toEqual(['/lines/L02/matterId key-matter-not-in-force'])
    const items = new Map([...context.items].filter(([code]) => code !== 'T1'))
    expect(await refusedOf(built(keyLine), { ...context, items }, published)).toEqual(['/lines/L02/itemCodes/0 item-not-on-list'])
  })
})

describe('a line without a draw as a planner could have given it', () => {
  it('PLN-19 TGT-05 TGT-11 is built the same again', () => {
    const problem = { trigger: 'WIDESPREAD_PROBLEM', description: '电池超标', means: { lineId: lineId('L01') } }
    const exception = { ground: 'SUPERIOR_REQUIRES', basis: '省政府通知' }
    const [plain, key] = [built(stationery), built({ ...keyLine, stages: ['使用'] })]
    const answering = built(undrawnInput({ problem, jointException: exception, basis: '省局部署' }), undrawnContext(shaoxing))
    expect(built(asUndrawnInput(plain), undrawnContext(fourCoalCities))).toEqual(plain)
    expect(built(asUndrawnInput(key))).toEqual(key)
    expect(built(asUndrawnInput(answering), undrawnContext(shaoxing))).toEqual(answering)
  })
})
