import { addWorkingDays, workingDaysBetween } from '@dual-random/calendar'
import { RegistryServiceClient } from '@dual-random/contracts/registry'
import { createGrpcClient } from '@dual-random/grpc'
import { type Clock, chinaDateOf, instantOf } from '@dual-random/kernel'
import { openInfrastructure, policyReader } from '@dual-random/service'
import type { PublicChannel } from './app/ports.ts'
import type { PublicationConfig } from './config.ts'
import { tellObjection, tellPublication } from './events/publish.ts'
import { httpChannel } from './peers/http-channel.ts'
import { checkoutPresets, readCalendar } from './store/calendar-files.ts'
import { objectionStore } from './store/objection-store.ts'
import { drawCopies, organisersOf } from './store/organisers.ts'
import { publicationStore } from './store/publication-store.ts'

export interface Overrides {
  readonly clock?: Clock
  readonly channel?: PublicChannel
}

/** The one place where the service's dependencies are built; each can be overridden. */
export async function publicationContext(config: PublicationConfig, overrides: Overrides = {}) {
  const calendar = await readCalendar(config.DR_PRESETS_DIR ?? checkoutPresets())
  const infrastructure = await openInfrastructure({ name: 'publication', config })
  const { lifecycle, metrics, store, relay, tokens } = infrastructure
  const clock = overrides.clock ?? infrastructure.clock
  const registry = createGrpcClient(RegistryServiceClient, {
    address: config.DR_REGISTRY_GRPC,
    peer: 'registry',
    idempotent: ['getPolicy'],
    metrics,
  })
  lifecycle.add('registry client', { close: async () => registry.close() })
  const draws = drawCopies(store)
  return {
    infrastructure,
    clock,
    systemClock: (() => instantOf(Date.now())) as Clock,
    draws,
    publications: publicationStore(store, { relay, clock, tell: tellPublication }),
    objections: objectionStore(store, { relay, clock, tell: tellObjection }),
    channel: overrides.channel ?? httpChannel(config.DR_PUBLICITY_URL),
    findPolicy: policyReader(registry, tokens),
    organiserOf: organisersOf(draws),
    workingDays: (start: ReturnType<typeof chinaDateOf>, n: number) => addWorkingDays(calendar, start, n),
    workingDaysBetween: (from: ReturnType<Clock>, to: ReturnType<Clock>) =>
      workingDaysBetween(calendar, chinaDateOf(from), chinaDateOf(to)).days,
  }
}
