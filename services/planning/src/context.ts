import { InspectionServiceClient } from '@dual-random/contracts/inspection'
import { RegistryServiceClient } from '@dual-random/contracts/registry'
import { createGrpcClient, serviceContext } from '@dual-random/grpc'
import { type Clock, instantOf } from '@dual-random/kernel'
import { blobs } from '@dual-random/mongo'
import { keptPolicies, openInfrastructure, policyReader, readCalendar, shippedCalendarFolder } from '@dual-random/service'
import type { Ports } from './app/ports.ts'
import type { PlanningConfig } from './config.ts'
import { tell } from './events/publish.ts'
import { tellClue, tellClueTask } from './events/publish-clue.ts'
import { tellReminder } from './events/publish-reminder.ts'
import { grpcCheckTasks } from './peers/grpc-check-tasks.ts'
import { httpReminderTransport } from './peers/http-reminder-transport.ts'
import { grpcRegistry } from './registry/grpc-registry.ts'
import { assignmentStore } from './store/assignment-store.ts'
import { clueStore } from './store/clue-store.ts'
import { clueTaskStore } from './store/clue-task-store.ts'
import { consistencyReportStore } from './store/consistency-report-store.ts'
import { drawProjection, drawsOf } from './store/draw-projection.ts'
import { importStore } from './store/import-store.ts'
import { lineCheckStore } from './store/line-check-store.ts'
import { mergeWindowStore } from './store/merge-window-store.ts'
import { planStore } from './store/plan-store.ts'
import { reminderStore } from './store/reminder-store.ts'
import { taskStore } from './store/task-store.ts'
import { termScheduleStore } from './store/term-schedule-store.ts'

const lookUpMs = 10_000

export interface PlanningOverrides {
  readonly clock?: Clock
}

/** The one place where planning's dependencies are built. */
export async function planningContext(config: PlanningConfig, overrides: PlanningOverrides = {}) {
  const infrastructure = await openInfrastructure({ name: 'planning', config })
  const { lifecycle, metrics, store, relay, tokens } = infrastructure
  const clock = overrides.clock ?? infrastructure.clock
  const registry = createGrpcClient(RegistryServiceClient, {
    address: config.DR_REGISTRY_GRPC,
    peer: 'registry',
    idempotent: ['getPolicy', 'listUnits', 'listCheckItems', 'listKeyMatters', 'countPools', 'countInspectors', 'keepCandidates'],
    metrics,
  })
  lifecycle.add('registry client', { close: async () => registry.close() })
  const inspection = createGrpcClient(InspectionServiceClient, {
    address: config.DR_INSPECTION_GRPC,
    peer: 'inspection',
    idempotent: ['getTask'],
    metrics,
  })
  lifecycle.add('inspection client', { close: async () => inspection.close() })
  const policyOf = policyReader(registry, tokens)
  const ownContext = () => serviceContext({ tokens, timeoutMs: lookUpMs })
  const publishing = { relay, clock }
  const draws = drawProjection(store)
  const ports: Ports = {
    clock,
    calendar: readCalendar(config.DR_CALENDAR_DIR ?? shippedCalendarFolder()),
    registry: grpcRegistry(registry, policyOf, ownContext),
    plans: planStore(store, publishing, tell),
    policies: keptPolicies(store),
    mergeWindows: mergeWindowStore(store, publishing),
    imports: importStore(store, publishing),
    draws: drawsOf(draws),
    tasks: taskStore(store),
    lineChecks: lineCheckStore(store),
    consistencyReports: consistencyReportStore(store),
    clues: clueStore(store, publishing, tellClue),
    clueTasks: clueTaskStore(store, publishing, tellClueTask),
    checkTasks: grpcCheckTasks(inspection, ownContext),
    blobs: blobs(store),
    assignments: assignmentStore(store),
    termSchedules: termScheduleStore(store),
    reminders: reminderStore(store, publishing, tellReminder),
  }
  const { DR_REMINDER_URL: address, DR_REMINDER_TOKEN: token } = config
  return {
    infrastructure,
    ports,
    draws,
    policyOf,
    reminderTransport: address === undefined ? undefined : httpReminderTransport(address, token),
    systemClock: (() => instantOf(Date.now())) as Clock,
  }
}
