import type { Instant, RegionCode } from '@dual-random/kernel'
import { movableClock } from '@dual-random/testkit'
import { describe, expect, it } from 'vitest'
import type { ReportRun } from '../../domain/report.ts'
import type { Blobs, Claims } from '../ports.ts'
import type { ReportDefinition } from './definition.ts'
import { type RunDueDeps, runDueReports } from './run-due.ts'

const going = new AbortController().signal
const noBlobs = {} as Blobs

function setUp() {
  const clock = movableClock('2026-03-02T01:00:00.000Z')
  const runs = new Map<string, ReportRun>()
  const marks = new Map<string, string>()
  const claimed = new Map<string, Instant>()
  const ran: string[] = []
  const broken = new Set<string>()
  const failures: string[] = []
  const definition: ReportDefinition = {
    kind: 'CREDIT_MATCH',
    subjects: async () => ['230300', '230400'].map((subject) => ({ subject, regionCode: subject as RegionCode })),
    run: async ({ subject }) => {
      ran.push(subject)
      if (broken.has(subject)) throw new Error('source away')
      return { figures: { marketSubjects: 1 }, source: null, rows: [] }
    },
  }
  const claims: Claims = {
    take: async (job, now, until) => {
      if ((claimed.get(job) ?? '') > now) return false
      claimed.set(job, until)
      return true
    },
    release: async (job) => void claimed.delete(job),
  }
  const deps: RunDueDeps = {
    reports: [definition],
    reportRuns: {
      get: async (id) => runs.get(id),
      insert: async (run) => void runs.set(run.id, run),
      page: async () => [...runs.values()],
    },
    claims,
    marks: { get: async (job) => marks.get(job), set: async (job, mark) => void marks.set(job, mark) },
    blobs: noBlobs,
    clock: clock.now,
  }
  const sweep = () => runDueReports(deps, (_kind, subject) => void failures.push(subject), going)
  return { clock, runs, ran, broken, failures, claims, sweep }
}

describe('DQ-02 what is due', () => {
  it('DQ-02 runs once by the day of China: not again at 15:59 UTC, again at 16:00', async () => {
    const { clock, ran, runs, sweep } = setUp()
    await sweep()
    clock.advance(Date.parse('2026-03-02T15:59:59.999Z') - Date.parse(clock.now()))
    await sweep()
    expect(ran).toEqual(['230300', '230400'])
    clock.advance(1)
    await sweep()
    expect([...runs.keys()]).toEqual([
      '2026-03-02_CREDIT_MATCH_230300',
      '2026-03-02_CREDIT_MATCH_230400',
      '2026-03-03_CREDIT_MATCH_230300',
      '2026-03-03_CREDIT_MATCH_230400',
    ])
  })

  it('DQ-02 a subject that fails holds up no other, and is alone tried again', async () => {
    const { ran, broken, failures, runs, sweep } = setUp()
    broken.add('230300')
    await sweep()
    expect(failures).toEqual(['230300'])
    expect([...runs.keys()]).toEqual(['2026-03-02_CREDIT_MATCH_230400'])
    broken.clear()
    await sweep()
    await sweep()
    expect(ran).toEqual(['230300', '230400', '230300'])
    expect(runs.size).toBe(2)
  })

  it('DQ-02 leaves a report to the copy that took it, until its lease is over', async () => {
    const { clock, ran, claims, sweep } = setUp()
    const until = '2026-03-02T01:30:00.000Z' as Instant
    await claims.take('report-CREDIT_MATCH', clock.now(), until)
    clock.advance(1_799_999)
    await sweep()
    expect(ran).toEqual([])
    clock.advance(1)
    await sweep()
    expect(ran).toHaveLength(2)
  })
})
