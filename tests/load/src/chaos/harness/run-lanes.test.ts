import { setTimeout as pause } from 'node:timers/promises'
import type { ReplyCuttingProxy } from '@dual-random/testkit'
import { describe, expect, it } from 'vitest'
import type { Fault, Kill } from '../plan/fault.ts'
import type { FaultRecord } from './fault-record.ts'
import type { Targets } from './perform.ts'
import type { RequestWatch } from './request-watch.ts'
import { type LaneRun, runLanes } from './run-lanes.ts'

const kill = (target: Kill['target'], moment: Kill['moment'] = { afterPulseMs: 0 }): Fault => ({
  kind: 'kill',
  target,
  atMs: 0,
  moment,
  pauseMs: 1,
})

/** Targets that only say what is done to them. */
function field(): LaneRun & {
  readonly done: string[]
  readonly records: FaultRecord[]
  readonly effects: { count: number; lastAt: undefined }
} {
  const done: string[] = []
  const records: FaultRecord[] = []
  const say = (what: string) => void done.push(what)
  const targets: Targets = {
    victim: (name) => ({
      kill: async () => say(`${name} killed`),
      start: async () => say(`${name} started`),
      suspend: () => say(`${name} suspended`),
      resume: () => say(`${name} resumed`),
    }),
    route: (name) =>
      ({
        delay: (milliseconds: number) => say(`${name} slowed by ${milliseconds}`),
        freeze: () => say(`${name} frozen`),
        thaw: () => say(`${name} thawed`),
        refuse: () => say(`${name} refused`),
        accept: () => say(`${name} accepted`),
        cutReplies: (request: string, wanted: number) => {
          say(`${name} cuts ${wanted} ${request}`)
          return { wanted, done: wanted }
        },
      }) as unknown as ReplyCuttingProxy,
    requestsOn: (name) =>
      ({
        next: async (request: string) => {
          say(`${request} passes ${name}`)
          return request === 'produce'
        },
      }) as unknown as RequestWatch,
    moveClock: (offsetMs) => say(`clock moved by ${offsetMs}`),
  }
  return {
    done,
    records,
    targets,
    effects: { count: 0, lastAt: undefined },
    signal: new AbortController().signal,
    onFault: (record) => void records.push(record),
    breathMs: 0,
  }
}

describe('runLanes', () => {
  it('mends each fault before the next of its lane', async () => {
    const run = field()
    const route = 'relay-1/store'
    const faults: readonly Fault[] = [
      { kind: 'suspend', target: 'store', atMs: 0, forMs: 1 },
      { kind: 'slow', target: route, atMs: 0, delayMs: 80, forMs: 1 },
      { kind: 'silence', target: route, atMs: 0, forMs: 1 },
      { kind: 'refuse', target: route, atMs: 0, forMs: 1 },
      { kind: 'cut-replies', target: route, atMs: 0, request: 'update', count: 3 },
      { kind: 'clock', target: 'clock', atMs: 0, offsetMs: -5 },
    ]
    await runLanes([{ name: 'all', faults }], run)
    expect(run.done).toEqual([
      'store suspended',
      'store resumed',
      `${route} slowed by 80`,
      `${route} slowed by 0`,
      `${route} frozen`,
      `${route} thawed`,
      `${route} refused`,
      `${route} accepted`,
      `${route} cuts 3 update`,
      'clock moved by -5',
    ])
    expect(run.records.map(({ fault }) => fault)).toEqual(faults)
    expect(run.records[4]?.replies).toEqual({ wanted: 3, done: 3 })
  })

  it('kills while a request passes, starts again, and says where none came', async () => {
    const run = field()
    const moment = (request: string) => ({ route: 'relay-1/broker', request }) as const
    await runLanes([{ name: 'relay-1', faults: [kill('relay-1', moment('produce')), kill('relay-1', moment('fetch'))] }], run)
    const again = ['relay-1 killed', 'relay-1 started']
    expect(run.done).toEqual(['produce passes relay-1/broker', ...again, 'fetch passes relay-1/broker', ...again])
    expect(run.records.map(({ missed }) => missed)).toEqual([undefined, true])
  })

  it('kills no broker before there was an effect since the kill before', async () => {
    const run = field()
    const running = runLanes([{ name: 'broker', faults: [kill('broker'), kill('broker')] }], run)
    while (run.records.length === 0) await pause(1)
    await pause(0)
    expect(run.done).toEqual(['broker killed', 'broker started'])
    run.effects.count = 2
    await running
    expect(run.records.map(({ effectsSinceLast }) => effectsSinceLast)).toEqual([undefined, 2])
  })

  it('does the lanes beside each other', async () => {
    const run = field()
    const suspend = (target: 'store' | 'broker', forMs: number): Fault => ({ kind: 'suspend', target, atMs: 0, forMs })
    await runLanes(
      [
        { name: 'store', faults: [suspend('store', 60)] },
        { name: 'broker', faults: [suspend('broker', 1)] },
      ],
      run,
    )
    expect(run.done).toEqual(['store suspended', 'broker suspended', 'broker resumed', 'store resumed'])
  })

  it('ends with its signal', async () => {
    const run = { ...field(), signal: AbortSignal.abort(new Error('enough')) }
    await expect(runLanes([{ name: 'store', faults: [kill('store')] }], run)).rejects.toThrow('aborted')
  })
})
