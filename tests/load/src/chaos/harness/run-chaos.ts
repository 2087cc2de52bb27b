import { randomBytes } from 'node:crypto'
import { appendFileSync, writeFileSync } from 'node:fs'
import { MongoClient } from 'mongodb'
import { check } from '../checker/check.ts'
import { faultPlan } from '../plan/fault-plan.ts'
import { processNames } from '../plan/parts.ts'
import { type Plant, plantPlan } from '../plan/plant.ts'
import { requiredKills } from '../plan/quotas.ts'
import { type ChaosReport, reportOf } from '../report/report.ts'
import { tableOf } from '../report/table.ts'
import { alarmsIn } from './alarms.ts'
import { type ChaosStack, startPrivateStack } from './chaos-stack.ts'
import type { FaultRecord } from './fault-record.ts'
import { openField } from './field.ts'
import { showProgress } from './progress.ts'
import { settle } from './quiescence.ts'
import { readBack } from './read-back.ts'
import { openRunFolder } from './run-folder.ts'
import { runLanes } from './run-lanes.ts'
import { HistoryWatch } from './watch.ts'

export interface ChaosOptions {
  readonly minutes: number
  readonly seed: number
  readonly kills: number
  readonly plant?: Plant | undefined
  readonly out: string
  /** Broker and store that others use too, and that nothing is done to; the run's own where absent. */
  readonly stack?: ChaosStack
  /** How long the run may take to come to rest. */
  readonly settleMs?: number
  readonly signal: AbortSignal
  readonly say: (line: string) => void
}

/** From the start of the processes: they compile, connect, and join their groups. */
const firstEffectMs = 120_000

/** A part that is late is not hurt without a pause. */
const breathMs = 2000

const defaultSettleMs = 180_000

/** Runs everything, hurts it, lets it heal, and reads back what it has done. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { minutes, seed, kills, plant, signal, say, settleMs = defaultSettleMs } = options
  const folder = openRunFolder(options.out)
  const lanes = plant === undefined ? faultPlan({ seed, minutes, kills }) : plantPlan(plant, { seed, minutes })
  await using parts = new AsyncDisposableStack()
  const stack = options.stack ?? (await startPrivateStack(parts, signal))
  const run = `chaos_${randomBytes(4).toString('hex')}`
  const client = parts.adopt(new MongoClient(stack.mongodbUri), (open) => open.close())
  const field = parts.use(await openField({ stack, run, seed, plant, folder, client, isShared: options.stack !== undefined }))
  const watch = parts.use(new HistoryWatch(processNames.map((name) => folder.historyFile(name))))

  await field.start()
  await watch.firstEffect(firstEffectMs, signal)
  const faultsBeganAt = Date.now()
  const faults: FaultRecord[] = []
  const onFault = (record: FaultRecord): void => {
    faults.push(record)
    appendFileSync(folder.faultsFile, `${JSON.stringify({ at: faultsBeganAt + record.beganMs, ...record })}\n`)
  }
  using progress = showProgress({ faults, watch, say, faultsBeganAt })
  await runLanes(lanes, { targets: field.targets, effects: watch, signal, onFault, breathMs })
  const faultsEndedAt = Date.now()
  progress.say('all faults done; waiting for everything to settle')
  await field.heal()
  const settling = await settle({ client, brokers: stack.brokers, run, withinMs: settleMs, signal })
  await field.stop()
  progress.say('reading back what was written')

  const history = folder.history()
  const recording = await readBack({ client, brokers: stack.brokers, run, history })
  const report = reportOf({
    seed,
    minutes,
    plant,
    required: plant === undefined ? { kills, ofEachKind: requiredKills(kills) } : undefined,
    faultsBeganAt,
    faultsEndedAt,
    faults: faults.toSorted((one, other) => one.beganMs - other.beganMs),
    effectTimes: history.flatMap((entry) => ('effect' in entry ? [entry.at] : [])),
    settling,
    recording,
    violations: check(recording),
    unaskedExits: field.unaskedExits,
    alarms: alarmsIn(folder.logs),
  })
  writeFileSync(folder.reportFile, `${JSON.stringify(report, null, 2)}\n`)
  writeFileSync(folder.tableFile, tableOf(report))
  return report
}
