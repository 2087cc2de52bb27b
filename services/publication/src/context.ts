import { join } from 'node:path'
import { addWorkingDays, workingDaysBetween } from '@dual-random/calendar'
import { DrawingServiceClient } from '@dual-random/contracts/drawing'
import { PlanningServiceClient } from '@dual-random/contracts/planning'
import { RegistryServiceClient } from '@dual-random/contracts/registry'
import { createGrpcClient, serviceContext } from '@dual-random/grpc'
import { type Clock, chinaDateOf, instantOf } from '@dual-random/kernel'
import { openInfrastructure, policyReader, readCalendar, shippedCalendarFolder } from '@dual-random/service'
import type { PublicChannel } from './app/ports.ts'
import { type PublicationConfig, publicitySystem } from './config.ts'
import { tellObjection, tellPublication } from './events/publish.ts'
import { tellDrawnList, tellDrawnSubject } from './events/publish-drawn-list.ts'
import { tellPlanDelivery } from './events/publish-plan-delivery.ts'
import { httpChannel } from './peers/http-channel.ts'
import { listPeers } from './peers/list-peers.ts'
import { planMetrics } from './peers/plan-metrics.ts'
import { publishedPlanPeer } from './peers/published-plan-peer.ts'
import { drawnListStore, drawnSubjectStore } from './store/drawn-list-store.ts'
import { objectionStore } from './store/objection-store.ts'
import { drawCopies, organisersOf } from './store/organisers.ts'
import { publicationStore } from './store/publication-store.ts'
import { publishedPlanStore } from './store/published-plan-store.ts'

export interface Overrides {
  readonly clock?: Clock
  readonly channel?: PublicChannel
}

/** The one place where the service's dependencies are built; each can be overridden. */
export async function publicationContext(config: PublicationConfig, overrides: Overrides = {}) {
  const presets = config.DR_PRESETS_DIR
  const calendar = readCalendar(presets === undefined ? shippedCalendarFolder() : join(presets, 'calendar'))
  const infrastructure = await openInfrastructure({ name: 'publication', config })
  const { lifecycle, metrics, store, relay, tokens } = infrastructure
  const clock = overrides.clock ?? infrastructure.clock
  const registry = createGrpcClient(RegistryServiceClient, {
    address: config.DR_REGISTRY_GRPC,
    peer: 'registry',
    idempotent: ['getPolicy', 'streamOpenings'],
    metrics,
  })
  const planning = createGrpcClient(PlanningServiceClient, {
    address: config.DR_PLANNING_GRPC,
    peer: 'planning',
    idempotent: ['getPlanLine', 'getClueTask', 'getPublishedPlan'],
    metrics,
  })
  const drawing = createGrpcClient(DrawingServiceClient, {
    address: config.DR_DRAWING_GRPC,
    peer: 'drawing',
    idempotent: ['getDraw', 'streamAssignments'],
    metrics,
  })
  lifecycle.add('peers', {
    close: async () => {
      for (const client of [registry, planning, drawing]) client.close()
    },
  })
  const draws = drawCopies(store)
  const peerContext = (timeoutMs: number) => serviceContext({ tokens, timeoutMs })
  const channel = overrides.channel ?? httpChannel(config.DR_PUBLICITY_URL)
  const furtherChannels = [...(config.DR_CHANNEL_URLS ?? [])].map(([id, url]) => [id, httpChannel(url)] as const)
  return {
    infrastructure,
    clock,
    systemClock: (() => instantOf(Date.now())) as Clock,
    draws,
    publications: publicationStore(store, { relay, clock, tell: tellPublication }),
    objections: objectionStore(store, { relay, clock, tell: tellObjection }),
    lists: drawnListStore(store, { relay, clock, tell: tellDrawnList }),
    subjects: drawnSubjectStore(store, { relay, clock, tell: tellDrawnSubject }),
    plans: publishedPlanStore(store, { relay, clock, tell: tellPlanDelivery }),
    planMetrics: planMetrics(metrics.registry),
    ...listPeers({ registry, planning, drawing, context: peerContext }),
    readPublishedPlan: publishedPlanPeer(planning, peerContext),
    channel,
    planChannels: new Map([[publicitySystem, channel], ...furtherChannels]),
    findPolicy: policyReader(registry, tokens),
    organiserOf: organisersOf(draws),
    workingDays: (start: ReturnType<typeof chinaDateOf>, n: number) => addWorkingDays(calendar, start, n),
    workingDaysBetween: (from: ReturnType<Clock>, to: ReturnType<Clock>) =>
      workingDaysBetween(calendar, chinaDateOf(from), chinaDateOf(to)).days,
  }
}
