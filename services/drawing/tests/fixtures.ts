import type { DrawHash, StratumCount } from '@dual-random/draw'
import type { DrawId, Instant, ItemCode, LineId, LocalDate, PlanId, RegionCode, UnitId } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import type { DrawEvent } from '../src/domain/commands.ts'
import type { CommitmentRecord, Draw, FreezeRequest, SnapshotRecord } from '../src/domain/draw.ts'
import { evolve } from '../src/domain/evolve.ts'
import { type AcceptedClueTask, type DrawLine, drawLineOf, type PublishedLine } from '../src/domain/plan-line.ts'
import { drawTerms } from '../src/domain/terms.ts'
import { fourCities, valueOf } from './policy.ts'

export const sha256Hash: DrawHash = { name: 'sha256', digest: (bytes) => digest('sha256', bytes) }

export const hex = (digits: string): string => digits.repeat(64).slice(0, 64)

export const publishedLine: PublishedLine = {
  planId: 'plan-230300-2026-INTERNAL-230300-scj' as PlanId,
  lineId: 'L01' as LineId,
  planVersion: 1,
  regionCode: '230300' as RegionCode,
  year: 2026,
  taskName: '食品生产监督检查',
  itemCodes: ['I001' as ItemCode],
  itemClass: 'GENERAL',
  fieldClass: 'GENERAL',
  quantity: {
    kind: 'ratios',
    ratios: [
      { stratum: 'A', ratio: { numerator: 3, denominator: 100 } },
      { stratum: 'D', ratio: { numerator: 1, denominator: 2 } },
      { stratum: 'UNGRADED', ratio: { numerator: 1, denominator: 20 } },
    ],
  },
  batches: [
    {
      number: 1,
      window: { start: '2026-03-01' as LocalDate, end: '2026-06-30' as LocalDate },
      freezeAt: '2026-03-02T01:00:00.000Z' as Instant,
      commitAt: '2026-03-02T01:10:00.000Z' as Instant,
      share: { numerator: 1, denominator: 2 },
    },
    {
      number: 2,
      window: { start: '2026-07-01' as LocalDate, end: '2026-12-31' as LocalDate },
      freezeAt: '2026-07-01T01:00:00.000Z' as Instant,
      commitAt: '2026-07-01T01:10:00.000Z' as Instant,
      share: { numerator: 1, denominator: 2 },
    },
  ],
  initiatorUnitId: '230300-scj' as UnitId,
  units: [
    {
      unitId: '230300-scj' as UnitId,
      itemCodes: ['I001' as ItemCode],
      teamSize: 2,
      mode: 'BUREAU_WIDE',
      ground: 'STAFFING',
      stationUnitIds: [],
    },
  ],
  lineDigest: hex('1'),
}

/** A task on clues that draws twelve of the objects of an industry. */
export const clueTask: AcceptedClueTask = {
  clueTask: {
    taskId: 'clue-task-5d4c3b2a',
    clueIds: ['clue-0a', 'clue-0b'],
    trigger: 'MANY_COMPLAINTS',
    form: 'TARGETED_DRAW',
    scope: { industryPrefixes: ['F52'], regionCodes: ['230302'] },
  },
  regionCode: publishedLine.regionCode,
  year: publishedLine.year,
  taskName: '预付卡经营者定向抽查',
  itemCodes: publishedLine.itemCodes,
  itemClass: 'GENERAL',
  fieldClass: 'GENERAL',
  quantity: { kind: 'count', count: 12 },
  batches: publishedLine.batches.slice(0, 1).map((batch) => ({ ...batch, share: { numerator: 1, denominator: 1 } })),
  initiatorUnitId: publishedLine.initiatorUnitId,
  units: publishedLine.units,
  lineDigest: hex('c1'),
}

export const line: DrawLine = valueOf(drawLineOf(publishedLine, 1))

export const terms = valueOf(drawTerms(fourCities, line))

export const request: FreezeRequest = {
  drawId: hex('a') as DrawId,
  regionCode: '230300' as RegionCode,
  unitId: '230300-scj' as UnitId,
  batch: 1,
  attempt: 1,
  line,
  terms,
  policy: { preset: 'local/four-coal-cities', version: 1, digest: hex('2') },
  earlierDrawIds: [],
  logSeq: 3,
}

export const snapshot: SnapshotRecord = {
  digest: hex('3'),
  blob: hex('3'),
  strata: [{ stratum: 'A', mapped: 10, eligible: 9 }],
}

export const stratumA: StratumCount = {
  stratum: 'A',
  mapped: 10,
  eligible: 9,
  rule: {
    kind: 'ratio',
    ratio: { numerator: 3, denominator: 100 },
    batchShare: { numerator: 1, denominator: 2 },
    base: 'mapped',
    rounding: 'up',
  },
  raw: { numerator: 3, denominator: 20 },
  n: 1,
}

export const commitment: CommitmentRecord = {
  digest: hex('4'),
  blob: hex('4'),
  roster: { digest: hex('5'), blob: hex('5') },
  committedAt: '2026-03-02T01:10:00.000Z' as Instant,
  roundAt: '2026-03-02T01:30:00.000Z' as Instant,
  beacons: [{ source: 'self/230300', round: 7, at: '2026-03-02T01:30:00.000Z' as Instant }],
  strata: [stratumA],
  matchInputs: [{ unitId: '230300-scj' as UnitId, digest: hex('6'), blob: hex('6') }],
  withoutTeam: 0,
}

export const transcript = { digest: hex('7'), blob: hex('7'), drawn: 1 }
export const matching = { digest: hex('8'), blob: hex('8'), shortOfTeam: 0 }
export const closing = { digest: hex('9'), openings: { digest: hex('b'), blob: hex('b') }, visited: 1, notVisited: 0 }

export const happened = {
  frozen: { type: 'frozen', request, snapshot },
  prepared: { type: 'prepared', commitment },
  committed: { type: 'committed', commitment },
  drawn: { type: 'drawn', transcript },
  matched: { type: 'matched', matching },
  closed: { type: 'closed', closing },
  voided: { type: 'voided', reason: '计划调整' },
} as const satisfies Record<string, DrawEvent>

/** The draw after events. */
export const after = (...events: readonly DrawEvent[]): Draw => events.reduce<Draw | undefined>(evolve, undefined) as Draw
