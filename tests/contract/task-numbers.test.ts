import type { DrawId, Instant, ItemCode, LineId, LocalDate, ObjectId, PlanId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { drawLineOf, type PublishedLine } from '../../services/drawing/src/domain/plan-line.ts'
import { taskNumbering } from '../../services/drawing/src/domain/task-numbering.ts'
import { type DispatchDependencies, dispatchDraw, type MatchedDraw } from '../../services/inspection/src/app/dispatch-draw.ts'
import type { Assignment, Peers } from '../../services/inspection/src/app/ports.ts'
import type { TaskChange } from '../../services/inspection/src/domain/task.ts'
import type { ObjectContent } from '../../services/registry/src/domain/check-object.ts'
import { earlierTaskNumber } from '../../services/registry/src/domain/earlier-task.ts'
import { withVersion } from '../../services/registry/src/domain/versions.ts'
import { checkItem } from '../../services/registry/tests/check-items.ts'
import { cityPolicy } from './support/policy.ts'

const [own, other] = ['230300', '230400'] as unknown as readonly [RegionCode, RegionCode]
const [scj, xfj, theirs, theirFire] = ['230300-scj', '230300-xfj', '230400-scj', '230400-xfj'] as unknown as readonly [
  UnitId,
  UnitId,
  UnitId,
  UnitId,
]
const [food, fire] = ['SP-01', 'XF-01'] as unknown as readonly [ItemCode, ItemCode]
const window = { start: '2026-03-01' as LocalDate, end: '2026-06-30' as LocalDate }
const march = '2026-03-02T01:00:00.000Z' as Instant
const unit = (unitId: UnitId, itemCode: ItemCode) => ({ unitId, itemCodes: [itemCode], teamSize: 1 })
/** In each city the fire brigade comes before the bureau that initiates. */
const units = [unit(xfj, fire), unit(scj, food), unit(theirFire, fire), unit(theirs, food)]
const cities = [{ regionCode: other, initiatorUnitId: theirs, unitIds: [theirFire, theirs] }]
const ofOneCity = units.slice(0, 2)

const published = (isJoint: boolean): PublishedLine => ({
  planId: 'plan-1' as PlanId,
  lineId: 'L07' as LineId,
  planVersion: 1,
  planType: 'JOINT',
  planUnitId: scj,
  regionCode: own,
  year: 2026,
  taskName: '联合抽查',
  itemCodes: [food, fire],
  itemClass: 'KEY',
  fieldClass: 'GENERAL',
  quantity: { kind: 'count', count: 1 },
  batches: [{ number: 1, window, freezeAt: march, commitAt: march, share: { numerator: 1, denominator: 1 } }],
  initiatorUnitId: scj,
  units: (isJoint ? units : ofOneCity).map((one) => ({ ...one, mode: 'BUREAU_WIDE', ground: 'STAFFING', stationUnitIds: [] })),
  lineDigest: '0'.repeat(64),
  ...(isJoint ? { joint: { merged: false, cities } } : {}),
})

/** The task numbers that inspection gives one drawn object, by unit. */
async function dispatched(
  { isJoint, redraw, regionCode, position }: Drawn,
  applying: readonly ItemCode[],
): Promise<ReadonlyMap<string, string>> {
  const line = published(isJoint)
  const drawId = 'd'.repeat(64) as DrawId
  const label = 'a'.repeat(64)
  const peers: Partial<Peers> = {
    drawnLine: async () => ({
      regionCode: own,
      unitId: scj,
      year: line.year,
      planType: 'JOINT',
      taskName: line.taskName,
      initiatorUnitId: scj,
      units: isJoint ? units : ofOneCity,
      batches: [{ number: 1, window, mergeWindowId: 'w' }],
      ...(isJoint ? { joint: { merged: false, cities } } : {}),
    }),
    itemNames: async () => new Map([food, fire].map((code) => [code, code])),
    policyAt: async (region, at) => ({ policy: cityPolicy(region, at), digest: '0'.repeat(64) }),
    assignments: async function* assignments() {
      const one = { position, label, teams: [], leaderLabel: '', taskDrawId: drawId } as unknown as Assignment
      yield [isJoint && redraw === undefined ? { ...one, regionCode } : one]
    },
    openings: async () => ({
      objects: new Map([
        [label, { objectId: 'o' as ObjectId, code: 'c', name: 'n', kind: 'ENTERPRISE', address: '', industry: 'H6210', tags: [] }],
      ]),
      itemCodes: new Map([[label, new Set(applying)]]),
      inspectors: new Map<string, never>(),
    }),
  }
  const changes: TaskChange[] = []
  const nothing = async (): Promise<never> => [] as never
  const none = async (): Promise<never> => new Map() as never
  const deps = {
    peers,
    clock: () => march,
    visitKey: new Uint8Array(32),
    policies: { keep: nothing },
    visits: { plan: nothing, near: nothing, getMany: none, survivors: none },
    proposals: { propose: nothing },
    availabilities: { getMany: none },
    tasks: {
      dispatch: async (some: readonly TaskChange[]) => {
        changes.push(...some)
      },
      changeMany: nothing,
    },
  } as unknown as DispatchDependencies
  const draw: MatchedDraw = {
    planId: 'plan-1',
    lineId: 'L07',
    drawId,
    regionCode: redraw === undefined ? own : regionCode,
    batch: 1,
    drawn: 1,
    ...(redraw === undefined ? {} : { redraw: { number: redraw, purpose: 'REPLACEMENT' } }),
  }
  await dispatchDraw(deps, draw)
  return new Map(changes.map(({ task }) => [task.unitId, task.taskNumber]))
}

interface Drawn {
  readonly isJoint: boolean
  /** The number of the redraw that drew it. */
  readonly redraw?: number
  /** Whose object it is. */
  readonly regionCode: RegionCode
  readonly position: number
}

/** The number that registry gives the earlier task, from what drawing tells it. */
function named({ isJoint, redraw, regionCode, position }: Drawn, applying: readonly ItemCode[]): string | undefined {
  const line = drawLineOf(published(isJoint), 1)
  if (!line.ok) throw new Error(JSON.stringify(line.error))
  const draw = redraw === undefined ? { batch: 1 } : { batch: redraw, redraw: { purpose: 'replacement' } as never }
  const tasks = taskNumbering({ ...draw, line: line.value }, regionCode)
  if (tasks === undefined) throw new Error('drawing tells nothing of the tasks')
  const county = `${regionCode.slice(0, 4)}02` as RegionCode
  const timeline = withVersion<ObjectContent>(
    [],
    '2025-06-01T00:00:00.000Z' as Instant,
    { load: 'l', importId: 'i' },
    { name: 'n', kind: 'ENTERPRISE', industry: 'H6210', regionCode: county, address: '', tags: [], status: 'ACTIVE' },
  )
  const object = { objectId: 'o' as ObjectId, objectCode: 'c', unitId: scj, timeline }
  const mapping = { regionCode, asOf: march, items: applying.map((code) => checkItem(code)) }
  return earlierTaskNumber(object, mapping, { tasks: { ...tasks, positions: [position] }, position })
}

const both = [food, fire]

describe('the task that a repeat names', () => {
  it.each<readonly [string, Drawn, readonly ItemCode[], UnitId]>([
    ['of the initiator, where it has one there', { isJoint: false, regionCode: own, position: 3 }, both, scj],
    [
      'of the second unit, at whose object the initiator has nothing to check',
      { isJoint: false, regionCode: own, position: 3 },
      [fire],
      xfj,
    ],
    ['of the second city’s initiator', { isJoint: true, regionCode: other, position: 12 }, both, theirs],
    ['of the second city’s second unit', { isJoint: true, regionCode: other, position: 12 }, [fire], theirFire],
    ['of the first of two cities', { isJoint: true, regionCode: own, position: 1 }, both, scj],
    ['of a redraw', { isJoint: false, redraw: 2, regionCode: own, position: 1 }, both, scj],
    ['of a redraw in the second city', { isJoint: true, redraw: 1, regionCode: other, position: 2 }, both, theirs],
  ])('DRW-20 has the number that inspection gave it: %s', async (_, drawn, applying, unitId) => {
    const given = await dispatched(drawn, applying)
    expect(given.size).toBe(applying.length)
    expect(named(drawn, applying)).toBe(given.get(unitId))
    expect(given.get(unitId)).toContain(`${drawn.regionCode}2026-`)
  })
})
