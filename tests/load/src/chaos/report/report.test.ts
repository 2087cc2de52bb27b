import { describe, expect, it } from 'vitest'
import type { FaultRecord } from '../harness/fault-record.ts'
import type { Victim } from '../plan/fault.ts'
import { type Outcome, replayCommand, reportOf } from './report.ts'
import { tableOf } from './table.ts'

const kill = (target: Victim, beganMs: number, more: Partial<FaultRecord> = {}): FaultRecord => ({
  fault: { kind: 'kill', target, atMs: beganMs, moment: { afterPulseMs: 20 }, pauseMs: 300 },
  beganMs,
  tookMs: 1200,
  ...more,
})

/** Every kind killed once, one operation with its effect. */
const clean: Outcome = {
  seed: 7,
  minutes: 0.1,
  required: { kills: 5, ofEachKind: { broker: 1, store: 1, relay: 1, consumer: 1, service: 1 } },
  plant: undefined,
  faultsBeganAt: 1_000_000,
  faultsEndedAt: 1_010_000,
  faults: [
    kill('broker', 100),
    kill('store', 200),
    kill('relay-1', 300),
    kill('first-2', 400),
    kill('service-1', 500),
    {
      fault: { kind: 'cut-replies', target: 'relay-1/broker', atMs: 600, request: 'produce', count: 3 },
      beganMs: 600,
      tookMs: 50,
      replies: { wanted: 3, done: 3 },
    },
  ],
  effectTimes: [1_002_000, 1_009_000, 1_004_000, 1_020_000],
  settling: { settled: true, tookMs: 3000, left: { outboxes: 0, lag: 0, parked: 0 } },
  recording: {
    operations: [{ name: 'w.0', aggregateId: 'a', contents: ['w.0/1'], acknowledgedFrom: 1 }],
    written: 'inspectors',
    streams: [{ name: 'inspectors', aggregates: new Map([['a', { seq: 1, contents: ['w.0/1'], waiting: [] }]]), records: [] }],
    effects: [{ name: 'ledgers', stream: 'inspectors', expects: () => true, applied: new Map([['a', [1]]]) }],
    deadLetters: [],
  },
  violations: [],
  unaskedExits: [],
  alarms: {},
}

describe('reportOf', () => {
  it('passes a run that had its kills and lost nothing', () => {
    const report = reportOf(clean)
    expect(report).toMatchObject({
      verdict: 'passed',
      reasons: [],
      kills: { total: 5, required: 5, consumer: 1 },
      faultCounts: { kill: 5, 'cut-replies': 1 },
      cutReplies: 3,
      operations: { invoked: 1, acknowledged: 1, unknown: 0 },
      events: 1,
      effects: 1,
    })
  })

  it('takes the longest time without an effect while faults were done', () => {
    expect(reportOf(clean).longestWithoutEffectMs).toBe(5000)
    expect(reportOf({ ...clean, effectTimes: [] }).longestWithoutEffectMs).toBe(10_000)
  })

  it.each([
    ['a violation', { violations: [{ kind: 'lost', where: 'inspectors', what: 'a:1', detail: 'is not on its topic' }] }],
    ['a run that does not settle', { settling: { settled: false, tookMs: 9, left: { outboxes: 1, lag: 0, parked: 0 } } }],
    ['too few kills of a kind', { faults: [...clean.faults.slice(1), kill('store', 700)] }],
    ['too few kills', { required: { kills: 6, ofEachKind: { broker: 1, store: 1, relay: 1, consumer: 1, service: 1 } } }],
    ['no effect between two kills of the broker', { faults: [...clean.faults, kill('broker', 900, { effectsSinceLast: 0 })] }],
    ['a run without effects', { recording: { ...clean.recording, effects: [] } }],
  ] satisfies readonly (readonly [string, Partial<Outcome>])[])('fails %s, with one reason', (_, change) => {
    const report = reportOf({ ...clean, ...change })
    expect(report.verdict).toBe('failed')
    expect(report.reasons).toHaveLength(1)
  })

  it('names the command that runs it again', () => {
    expect(reportOf(clean).replay).toBe('npm run chaos -- --seed 7 --minutes 0.1 --kills 5')
    expect(replayCommand({ seed: 7, minutes: 0.1, plant: 'clear-before-ack' })).toBe(
      'npm run chaos -- --seed 7 --minutes 0.1 --plant clear-before-ack',
    )
  })
})

describe('tableOf', () => {
  it('has a line for every fault, and the verdict', () => {
    const lines = tableOf(reportOf(clean)).split('\n')
    expect(lines.slice(1, 7).map((line) => line.trim().split(/\s+/).slice(0, 4))).toEqual([
      ['0.1', 'broker', 'kill', '1.2'],
      ['0.2', 'store', 'kill', '1.2'],
      ['0.3', 'relay-1', 'kill', '1.2'],
      ['0.4', 'first-2', 'kill', '1.2'],
      ['0.5', 'service-1', 'kill', '1.2'],
      ['0.6', 'relay-1/broker', 'cut-replies', '0.1'],
    ])
    expect(lines).toContain('PASSED')
  })

  it('shows examples of what went wrong and how to run it again', () => {
    const text = tableOf(
      reportOf({ ...clean, violations: [{ kind: 'duplicated', where: 'ledgers', what: 'a:1', detail: 'was applied 2 times' }] }),
    )
    expect(text).toContain('duplicated: ledgers a:1 was applied 2 times')
    expect(text).toContain('--seed 7')
  })
})
