import { setTimeout as pause } from 'node:timers/promises'
import type { Fault, Lane } from '../plan/fault.ts'
import type { FaultRecord } from './fault-record.ts'
import { momentComes } from './moment-comes.ts'
import { perform, type Targets } from './perform.ts'
import type { EffectWatch } from './watch.ts'

export interface LaneRun {
  readonly targets: Targets
  readonly effects: EffectWatch
  readonly signal: AbortSignal
  /** Called with each fault when it is over. */
  readonly onFault: (record: FaultRecord) => void
  /** Between a fault of a lane and the next, however late the lane is. */
  readonly breathMs: number
}

/** How long the kill of a broker waits for an effect since the one before. */
const effectPatienceMs = 120_000

/** Does the faults of all lanes beside each other, those of a lane one after the other; resolves when all are done. */
export async function runLanes(lanes: readonly Lane[], run: LaneRun): Promise<void> {
  const beganAt = performance.now()
  await Promise.all(lanes.map((lane) => runLane(lane, run, beganAt)))
}

async function runLane({ faults }: Lane, { targets, effects, signal, onFault, breathMs }: LaneRun, beganAt: number): Promise<void> {
  const nowMs = (): number => Math.round(performance.now() - beganAt)
  const waitUntil = (atMs: number): Promise<void> => pause(Math.max(0, atMs - nowMs()), undefined, { signal })
  let brokerBack: number | undefined
  for (const fault of faults) {
    await waitUntil(fault.atMs)
    const counted = isBrokerKill(fault) && brokerBack !== undefined
    if (counted) await effectAfter(effects, brokerBack ?? 0, signal)
    const before = counted ? { effectsSinceLast: effects.count - (brokerBack ?? 0) } : {}
    const missed = fault.kind === 'kill' && !(await momentComes(fault.moment, targets, signal))
    const beganMs = nowMs()
    const seen = await perform(fault, targets, signal)
    if (isBrokerKill(fault)) brokerBack = effects.count
    onFault({ fault, beganMs, tookMs: nowMs() - beganMs, ...before, ...(missed ? { missed } : {}), ...seen })
    if (fault !== faults.at(-1)) await waitUntil(nowMs() + breathMs)
  }
}

const isBrokerKill = (fault: Fault): boolean => fault.kind === 'kill' && fault.target === 'broker'

async function effectAfter(effects: EffectWatch, count: number, signal: AbortSignal): Promise<void> {
  const until = performance.now() + effectPatienceMs
  while (effects.count <= count && performance.now() < until) await pause(100, undefined, { signal })
}
