import { incompatibleRoles, isRole } from '@dual-random/auth'
import { type Clock } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { blobs } from '@dual-random/mongo'
import { type Infrastructure, openInfrastructure } from '@dual-random/service'
import { demoDrawKey, randomDrawKey } from './app/draw-keys.ts'
import { createKeyedIds } from './app/ids.ts'
import { createPolicyBook } from './app/policy-book.ts'
import type { Guideline, Institution, LogSensitiveRead } from './app/ports.ts'
import type { Registry } from './app/registry.ts'
import { snapshotSigner } from './app/snapshot-signer.ts'
import type { RegistryConfig } from './config.ts'
import type { RoleRules } from './domain/role-binding.ts'
import { toContract } from './events/publish.ts'
import { readNationalLists } from './files.ts'
import { checkpointStore } from './store/checkpoints.ts'
import { creditRecords } from './store/credit-records.ts'
import { inspectorPool } from './store/inspector-pool.ts'
import { checkItemListStore, policyBindingStore, presetStore, roleBindingStore, unitStore } from './store/lists.ts'
import { objectPool } from './store/object-pool.ts'
import { cardStore, frozenDrawStore, importStore } from './store/plain.ts'
import { publishedListStore } from './store/published-lists.ts'
import { createSealer } from './store/sealer.ts'

/** What a test may put in the place of the real thing. */
export interface RegistryOverrides {
  readonly clock?: Clock
  readonly logSensitiveRead?: LogSensitiveRead
}

export interface RegistryContext {
  readonly infrastructure: Infrastructure
  readonly registry: Registry
}

const roleRules: RoleRules = {
  isBindable: (role) => isRole(role) && role !== 'SERVICE' && role !== 'PUBLIC',
  incompatible: (roles) => incompatibleRoles(roles.filter(isRole)),
}

/** The one place where dependencies are built. */
export async function openRegistry(config: RegistryConfig, overrides: RegistryOverrides): Promise<RegistryContext> {
  const opened = await openInfrastructure({ name: 'registry', config })
  const infrastructure = { ...opened, clock: overrides.clock ?? opened.clock }
  const { store, relay, clock, logger } = infrastructure
  const settings = { service: 'registry', relay, clock, toContract }
  const presets = presetStore(store, settings)
  const bindings = policyBindingStore(store, settings)
  const registry: Registry = {
    objects: objectPool(store, settings),
    inspectors: inspectorPool(store, settings),
    credits: creditRecords(store, settings),
    units: unitStore(store, settings),
    checkItemLists: checkItemListStore(store, settings),
    publishedLists: publishedListStore(store, settings),
    presets,
    bindings,
    roleBindings: roleBindingStore(store, settings),
    institutions: cardStore<Institution>(store, 'institutions'),
    guidelines: cardStore<Guideline>(store, 'guidelines'),
    imports: importStore(store),
    checkpoints: checkpointStore(store),
    draws: frozenDrawStore(store),
    blobs: blobs(store),
    book: createPolicyBook(presets, bindings),
    lists: readNationalLists(),
    ids: createKeyedIds(config.DR_ID_KEY),
    sealer: createSealer(config.DR_SEAL_KEY),
    signer: snapshotSigner(config.DR_SNAPSHOT_KEY_ID, config.DR_SNAPSHOT_KEY),
    hash: { name: config.DR_DRAW_HASH, digest: (bytes) => digest(config.DR_DRAW_HASH, bytes) },
    clock,
    makeKey: config.DR_DEMO_SEED === undefined ? randomDrawKey : demoDrawKey(config.DR_DEMO_SEED),
    roleRules,
    logSensitiveRead: overrides.logSensitiveRead ?? ((read) => logger.info({ event: 'sensitive-read', ...read }, 'sensitive read')),
  }
  return { infrastructure, registry }
}
