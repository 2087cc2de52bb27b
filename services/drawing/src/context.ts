import { ed25519Verify } from '@dual-random/beacon'
import { PlanningServiceClient } from '@dual-random/contracts/planning'
import { RegistryServiceClient } from '@dual-random/contracts/registry'
import { WitnessServiceClient } from '@dual-random/contracts/witness'
import { createGrpcClient, serviceContext } from '@dual-random/grpc'
import type { Clock } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { blobs, type Projection, projection } from '@dual-random/mongo'
import { ConfigError } from '@dual-random/runtime'
import { type Infrastructure, openInfrastructure, policyReader, type ThreadPoolOptions } from '@dual-random/service'
import type { AppDeps } from './app/ports.ts'
import { computeThreads, threadComputations } from './compute/computations.ts'
import type { DrawingConfig } from './config.ts'
import type { TaskOutcome } from './domain/outcomes.ts'
import { drawEvents, logAppended } from './events/publish.ts'
import { type BeaconMetrics, beaconMetrics } from './peers/beacon-metrics.ts'
import { openBeacons } from './peers/beacons.ts'
import { regionKeys } from './peers/keys.ts'
import { planningPeer } from './peers/planning.ts'
import { registryPeer } from './peers/registry.ts'
import { type WitnessClient, witnessAnswers, witnessPeers } from './peers/witnesses.ts'
import { checkpointStore } from './store/checkpoint-store.ts'
import {
  claimStore,
  freezeRequestStore,
  heldNumbersStore,
  logRecordStore,
  matchLoadStore,
  sensitiveReadStore,
} from './store/document-stores.ts'
import { drawStore } from './store/draw-store.ts'
import { logStore } from './store/log-store.ts'

/** What a test may put in the place of the real thing. */
export interface DrawingOverrides {
  readonly clock?: Clock
  /** Wraps the ports the use cases work with. */
  readonly deps?: (real: AppDeps) => AppDeps
  readonly threads?: Partial<ThreadPoolOptions>
}

export interface DrawingContext {
  readonly infrastructure: Infrastructure
  readonly deps: AppDeps
  readonly tasks: Projection<TaskOutcome>
  readonly beaconFigures: BeaconMetrics
}

/** A snapshot or a stream of half a million labels takes its time. */
const peerTimeoutMs = 300_000
const witnessTimeoutMs = 5000

/** The one place where dependencies are built. */
export async function openDrawing(config: DrawingConfig, overrides: DrawingOverrides): Promise<DrawingContext> {
  const selfBeacon = config.DR_BEACONS.chains.find(({ chain }) => chain.kind === 'self')
  if (selfBeacon !== undefined && !config.isDemo)
    throw new ConfigError([`DR_BEACONS: ${selfBeacon.chain.source} 只可用于演示和测试 (a self source is for demo and test only)`])
  const opened = await openInfrastructure({ name: 'drawing', config })
  const infrastructure = { ...opened, clock: overrides.clock ?? opened.clock }
  const { store, relay, clock, tokens, logger, metrics, lifecycle } = infrastructure
  const hash = { name: config.DR_DRAW_HASH, digest: (bytes: Uint8Array) => digest(config.DR_DRAW_HASH, bytes) }

  const registry = createGrpcClient(RegistryServiceClient, {
    address: config.DR_REGISTRY_GRPC,
    peer: 'registry',
    idempotent: ['getPolicy', 'freezeRoster', 'freezeRedraw', 'streamRoster', 'countDrawnEnterprises'],
    metrics,
  })
  lifecycle.add('registry client', { close: async () => registry.close() })
  const planning = createGrpcClient(PlanningServiceClient, {
    address: config.DR_PLANNING_GRPC,
    peer: 'planning',
    idempotent: ['getPlanLine'],
    metrics,
  })
  lifecycle.add('planning client', { close: async () => planning.close() })

  const threads = computeThreads({ logger, ...overrides.threads })
  // Computations are cut off first, so that whatever waits for one ends in time; they are done again from S.
  lifecycle.add('compute threads', { drain: () => threads.close(), close: () => threads.close() })

  const witnessClients = new Map<string, WitnessClient>()
  for (const [witnessId, address] of config.DR_WITNESSES) {
    const client = createGrpcClient(WitnessServiceClient, { address, peer: witnessId, metrics })
    lifecycle.add(`witness ${witnessId}`, { close: async () => client.close() })
    witnessClients.set(witnessId, client)
  }

  const beaconFigures = beaconMetrics(metrics.registry)
  const tasks = projection<TaskOutcome>(store, { collection: 'task_outcomes', indexes: [] })
  const deps: AppDeps = {
    draws: drawStore(store, { relay, clock, publish: drawEvents }),
    reads: sensitiveReadStore(store),
    freezeRequests: freezeRequestStore(store),
    logs: logStore(store, { relay, clock, hash, verify: ed25519Verify, publish: logAppended }),
    loads: matchLoadStore(store),
    witnesses: witnessPeers({
      keys: config.witnessKeys,
      clients: witnessClients,
      hash,
      timeoutMs: witnessTimeoutMs,
      answers: witnessAnswers(metrics.registry),
    }),
    checkpoints: checkpointStore(store),
    tasks,
    claims: claimStore(store),
    held: heldNumbersStore(store),
    records: logRecordStore(store),
    blobs: blobs(store),
    registry: registryPeer(registry, {
      policyOf: policyReader(registry, tokens),
      context: () => serviceContext({ tokens, timeoutMs: peerTimeoutMs }),
    }),
    planning: planningPeer(planning),
    numbers: config.DR_BEACONS.numbers,
    beacons: openBeacons(config.DR_BEACONS.chains, config.DR_ENV, { metrics: beaconFigures, logger }),
    keys: regionKeys({
      logSeeds: config.DR_LOG_KEYS,
      registry: { keyId: config.DR_SNAPSHOT_KEY_ID, publicKey: config.DR_SNAPSHOT_PUBLIC_KEY },
      nonceKey: config.DR_NONCE_KEY,
      beacons: config.DR_BEACONS.chains.map(({ chain }) => chain),
    }),
    computations: threadComputations(threads, hash.name),
    hash,
    clock,
  }
  return { infrastructure, deps: overrides.deps?.(deps) ?? deps, tasks, beaconFigures }
}
