import type { Instant, LineId, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import type { PlanEvent } from '../../services/planning/src/domain/commands.ts'
import { type Plan, type PlanLine, planIdOf } from '../../services/planning/src/domain/plan.ts'
import { tell } from '../../services/planning/src/events/publish.ts'
import { newEventOf, readEvent } from './support/emitted.ts'
import { golden } from './support/examples.ts'

const { data } = golden('plan-published')
const [told] = data['lines'] as readonly {
  readonly lineId: string
  readonly taskName: string
  readonly itemCodes: readonly string[]
  readonly initiatorUnitId: string
  readonly participantUnitIds: readonly string[]
  readonly batches: readonly { readonly number: number; readonly window: { start: string; end: string }; readonly mergeWindowId: string }[]
}[]

const act = { by: 'zhao.liu', at: golden('plan-drafted').time as Instant }
const header = { regionCode: '230300' as RegionCode, unitId: '230300-scj' as UnitId, year: 2026, planType: 'JOINT' as const }

/** The golden line as planning keeps it; what is not told of a line is left out. */
const line = {
  lineId: told?.lineId as LineId,
  taskName: told?.taskName,
  itemCodes: told?.itemCodes,
  initiatorUnitId: told?.initiatorUnitId,
  units: [told?.initiatorUnitId, ...(told?.participantUnitIds ?? [])].map((unitId) => ({ unitId })),
  batches: told?.batches.map(({ number, window }) => ({ number, window })),
} as unknown as PlanLine

const plan: Plan = {
  ...header,
  planId: planIdOf(header),
  policy: data['policy'] as Plan['policy'],
  policyDigest: '0'.repeat(64),
  drafted: act,
  updatedAt: act.at,
  nextLine: 1,
  versions: [{ state: 'DRAFT', number: 1, lines: [], changes: [] }],
}

const filing = golden('plan-filed').data
const mergeWindowIds = new Map(told?.batches.map(({ number, mergeWindowId }) => [`${told.lineId}/${number}`, mergeWindowId]))
const filed: PlanEvent = {
  type: 'filed',
  filedTo: filing['filedToRegionCode'] as RegionCode,
  dueDate: filing['dueDate'] as LocalDate,
  onTime: true,
  settlement: { mergeWindowIds, figures: {} as never },
  act: { by: 'zhao.liu', at: filing['filedAt'] as Instant },
}

/** A year's beginning: drafted, filed, returned, corrected, filed again, accepted, published. */
const happened: readonly PlanEvent[] = [
  { type: 'drafted', plan },
  { type: 'lines-added', lines: [line], act },
  filed,
  { type: 'returned', reason: String(golden('plan-returned').data['reason']), act },
  { type: 'version-opened', number: 2, lines: [line], changes: [] },
  filed,
  { type: 'accepted', receipt: String(golden('plan-accepted').data['receipt']), act },
  { type: 'published', channels: ['publicitySystem'], digest: String(data['digest']), act },
]

describe('planning', () => {
  it.each(['plan-drafted', 'plan-filed', 'plan-returned', 'plan-accepted', 'plan-published'])(
    'emits %s as its golden event says',
    (name) => {
      const { told: events } = tell(undefined, happened)
      expect(readEvent(events[Number(golden(name).sequence) - 1])).toEqual(newEventOf(name))
    },
  )

  it('names its aggregate by the plan', () => {
    expect(golden('plan-published').subject).toBe(plan.planId)
    expect(tell(undefined, happened).told).toHaveLength(7)
  })
})
