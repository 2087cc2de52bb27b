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
import { creditMatch } from './app/reports/credit-match.ts'
import { inspectorCompleteness } from './app/reports/inspector-completeness.ts'
import { objectReconciliation } from './app/reports/object-reconciliation.ts'
import { snapshotSigner } from './app/snapshot-signer.ts'
import { createTagBook } from './app/tag-book.ts'
import type { RegistryConfig } from './config.ts'
import type { RoleRules } from './domain/role-binding.ts'
import { toContract } from './events/publish.ts'
import { readNationalLists, readTagDimensions } from './files.ts'
import { claimStore, markStore, reportRunStore } from './store/background.ts'
import { checkpointStore } from './store/checkpoints.ts'
import { creditRecords } from './store/credit-records.ts'
import { inspectorPool } from './store/inspector-pool.ts'
import { checkItemListStore, policyBindingStore, presetStore, roleBindingStore, unitStore } from './store/lists.ts'
import { objectPool } from './store/object-pool.ts'
import { cardStore, frozenDrawStore, importStore } from './store/plain.ts'
import { publishedListStore } from './store/published-lists.ts'
import { createSealer } from './store/sealer.ts'
import { tagRuleStore, tagSchemeStore } from './store/tag-stores.ts'

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
  const lists = readNationalLists()
  const tagSchemes = tagSchemeStore(store, settings)
  const objects = objectPool(store, settings)
  const inspectors = inspectorPool(store, settings)
  const credits = creditRecords(store, settings)
  const units = unitStore(store, settings)
  const imports = importStore(store)
  const kept = blobs(store)
  const registry: Registry = {
    objects,
    inspectors,
    credits,
    units,
    checkItemLists: checkItemListStore(store, settings),
    publishedLists: publishedListStore(store, settings),
    presets,
    bindings,
    roleBindings: roleBindingStore(store, settings),
    institutions: cardStore<Institution>(store, 'institutions'),
    guidelines: cardStore<Guideline>(store, 'guidelines'),
    imports,
    checkpoints: checkpointStore(store),
    draws: frozenDrawStore(store),
    blobs: kept,
    book: createPolicyBook(presets, bindings),
    lists,
    tagBook: createTagBook(tagSchemes, readTagDimensions(), lists),
    tagSchemes,
    tagRules: tagRuleStore(store, settings),
    reports: [
      objectReconciliation({ units, objects, imports, blobs: kept }),
      inspectorCompleteness({ units, inspectors }),
      creditMatch({ units, objects, credits, imports }),
    ],
    reportRuns: reportRunStore(store),
    claims: claimStore(store),
    marks: markStore(store),
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
