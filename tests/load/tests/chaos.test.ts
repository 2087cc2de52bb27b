import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stackAddress } from '@dual-random/testkit'
import { describe, expect, it, onTestFailed } from 'vitest'
import type { ViolationKind } from '../src/chaos/checker/violation.ts'
import { type ChaosOptions, runChaos } from '../src/chaos/harness/run-chaos.ts'
import type { Plant } from '../src/chaos/plan/plant.ts'
import type { ChaosReport } from '../src/chaos/report/report.ts'
import { tableOf } from '../src/chaos/report/table.ts'

/** Processes compile, join their groups, are killed, and come to rest again, on a machine that does other things too. */
const timeout = 300_000

async function shortRun(options: Pick<ChaosOptions, 'minutes' | 'seed' | 'plant' | 'stack' | 'settleMs'>): Promise<ChaosReport> {
  const out = mkdtempSync(join(tmpdir(), 'dual-random-chaos-'))
  try {
    const report = await runChaos({ ...options, kills: 6, out, signal: AbortSignal.timeout(timeout), say: () => undefined })
    onTestFailed(() => console.error(tableOf(report)))
    return report
  } finally {
    rmSync(out, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** One round of the faults that the bug cannot stand. They are done to processes and their networks: broker and store are those of all tests. */
function plantedRun(plant: Plant, seed: number, settleMs: number): Promise<ChaosReport> {
  const { kafkaBrokers, mongodbUri } = stackAddress()
  return shortRun({ minutes: 0.1, seed, plant, settleMs, stack: { brokers: kafkaBrokers.split(','), mongodbUri, servers: {} } })
}

const found = ({ violations }: ChaosReport, kind: ViolationKind): readonly string[] => violations[kind].examples.map(({ where }) => where)

describe('a run of the fault harness', { timeout }, () => {
  it('finds nothing wrong, whatever is killed', async () => {
    const report = await shortRun({ minutes: 0.3, seed: 11 })
    expect(report.reasons).toEqual([])
    expect(report.verdict).toBe('passed')
    expect(report.kills).toMatchObject({ broker: 1, store: 1 })
    expect(report.effects).toBeGreaterThan(100)
  })

  it('finds effects that are lost because offsets are committed before them', async () => {
    const report = await plantedRun('commit-before-effect', 12, 120_000)
    expect(report.settling.settled).toBe(true)
    expect(report.violations.lost.count).toBeGreaterThan(0)
    expect(found(report, 'lost').every((where) => / of /.test(where))).toBe(true)
  })

  it('finds events that are lost because the outbox is cleared before the acknowledgement', async () => {
    const report = await plantedRun('clear-before-ack', 13, 1000)
    expect(found(report, 'lost')).toContain('inspectors')
  })

  it('finds effects that are doubled because their mark stands in another document', async () => {
    const report = await plantedRun('mark-elsewhere', 14, 20_000)
    expect(found(report, 'duplicated')).toContain('1→1 ledgers of inspectors')
  })
})
