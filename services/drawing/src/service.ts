import { sweep } from '@dual-random/runtime'
import { createService, type RunningService } from '@dual-random/service'
import { numbersWatch } from './app/numbers-watch.ts'
import { openLogs } from './app/open-logs.ts'
import { probeBeacons } from './app/probe-beacons.ts'
import { sweepDue } from './app/sweep-due.ts'
import { witnessLogs } from './app/witness-logs.ts'
import { readDrawingConfig } from './config.ts'
import { type DrawingOverrides, openDrawing } from './context.ts'
import { onInspectionTask } from './events/on-inspection-task.ts'
import { drawingService } from './grpc/drawing-service.ts'
import { routesOf } from './http/router.ts'

const version = '0.1.0'
const sweepEveryMs = 5000
const probeEveryMs = 60_000
const witnessEveryMs = 15_000

export async function createDrawingService(env: NodeJS.ProcessEnv, overrides: DrawingOverrides = {}): Promise<RunningService> {
  const config = readDrawingConfig(env)
  const { infrastructure, deps, tasks, beaconFigures } = await openDrawing(config, overrides)
  const { logger, metrics } = infrastructure
  const awaited = numbersWatch(deps.numbers, (source, since) => beaconFigures.numbersAwaitedSince.set({ source }, since))
  const failed = (drawId: string, err: unknown): void => {
    if (!awaited.heard(err)) logger.warn({ err, drawId }, 'a due draw did not go on')
  }
  const sweepDraws = async (signal: AbortSignal): Promise<void> => {
    await sweepDue(deps, failed, signal)
    awaited.tell()
  }
  const unwitnessed = (regionCode: string, witnessId: string, err: unknown): void =>
    logger.warn({ err, regionCode, witnessId }, 'a witness did not cosign')
  return createService({
    infrastructure,
    version,
    routes: routesOf(deps),
    grpc: [drawingService(deps)],
    subscriptions: [onInspectionTask(tasks, deps)],
    sweeps: [
      sweep({ name: 'due-draws', everyMs: sweepEveryMs, run: sweepDraws, logger, metrics }),
      sweep({ name: 'beacons', everyMs: probeEveryMs, run: (signal) => probeBeacons(deps, signal), logger, metrics }),
      ...(config.witnessKeys.size === 0
        ? []
        : [
            sweep({
              name: 'witness-logs',
              everyMs: witnessEveryMs,
              run: (signal) => witnessLogs(deps, unwitnessed, signal),
              logger,
              metrics,
            }),
          ]),
    ],
    onStart: () => openLogs(deps, { demo: config.isDemo, startedAt: config.DR_LOG_STARTED_AT }),
  })
}
