import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stackAddress } from '@dual-random/testkit'
import { describe, expect, it, onTestFailed } from 'vitest'
import type { ViolationKind } from '../src/chaos/checker/violation.ts'
import { runChaos } from '../src/chaos/harness/run-chaos.ts'
import type { Plant } from '../src/chaos/plan/plant.ts'
import type { ChaosReport } from '../src/chaos/report/report.ts'
import { tableOf } from '../src/chaos/report/table.ts'

/** Processes compile, join their groups, are killed, and come to rest again, on a machine that does other things too. */
const timeout = 300_000

const minutes = 0.3

/** What hurts a planted run is done to processes and to their networks: broker and store may be those of all tests. */
async function plantedRun(plant: Plant, seed: number): Promise<ChaosReport> {
  const { kafkaBrokers, mongodbUri } = stackAddress()
  return await shortRun({ plant, seed, stack: { brokers: kafkaBrokers.split(','), mongodbUri, servers: {} }, settleMs: 20_000 })
}

async function shortRun(options: Pick<Parameters<typeof runChaos>[0], 'plant' | 'seed' | 'stack' | 'settleMs'>): Promise<ChaosReport> {
  const out = mkdtempSync(join(tmpdir(), 'dual-random-chaos-'))
  try {
    const report = await runChaos({ ...options, minutes, kills: 8, out, signal: AbortSignal.timeout(timeout), say: () => undefined })
    onTestFailed(() => console.error(tableOf(report)))
    return report
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

const found = ({ violations }: ChaosReport, kind: ViolationKind): readonly string[] => violations[kind].examples.map(({ where }) => where)

describe('a run of the fault harness', { timeout }, () => {
  it('finds nothing wrong, whatever is killed', async () => {
    const report = await shortRun({ seed: 11 })
    expect(report.reasons).toEqual([])
    expect(report.verdict).toBe('passed')
    expect(report.kills).toMatchObject({ broker: 1, store: 2 })
    expect(report.effects).toBeGreaterThan(100)
  })

  it('finds effects that are lost because offsets are committed before them', async () => {
    const report = await plantedRun('commit-before-effect', 12)
    expect(report.verdict).toBe('failed')
    expect(found(report, 'lost')).toContain('1→1 ledgers of inspectors')
  })

  it('finds events that are lost because the outbox is cleared before the acknowledgement', async () => {
    const report = await plantedRun('clear-before-ack', 13)
    expect(report.verdict).toBe('failed')
    expect(found(report, 'lost')).toContain('inspectors')
  })

  it('finds effects that are doubled because their mark stands in another document', async () => {
    const report = await plantedRun('mark-elsewhere', 14)
    expect(report.verdict).toBe('failed')
    expect(found(report, 'duplicated')).toContain('1→1 ledgers of inspectors')
  })
})
