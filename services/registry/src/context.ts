import { incompatibleRoles, isRole } from '@dual-random/auth'
import { type Clock, instantOf } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { blobs, type Projection, projection } from '@dual-random/mongo'
import { sweep } from '@dual-random/runtime'
import { type Infrastructure, openInfrastructure } from '@dual-random/service'
import type { CreditSystem } from './app/delivery-ports.ts'
import { demoDrawKey, randomDrawKey } from './app/draw-keys.ts'
import { createKeyedIds } from './app/ids.ts'
import { createPolicyBook } from './app/policy-book.ts'
import type { Guideline, SensitiveReads } from './app/ports.ts'
import type { Registry } from './app/registry.ts'
import { creditGradingReport } from './app/reports/credit-grading.ts'
import { creditMatch } from './app/reports/credit-match.ts'
import { inspectorCompleteness } from './app/reports/inspector-completeness.ts'
import { objectReconciliation } from './app/reports/object-reconciliation.ts'
import { snapshotSigner } from './app/snapshot-signer.ts'
import { createTagBook } from './app/tag-book.ts'
import { computeThreads, threadComputations } from './compute/computations.ts'
import type { RegistryConfig } from './config.ts'
import type { ItemDocument } from './domain/item-links.ts'
import type { RoleRules } from './domain/role-binding.ts'
import type { ToldDraw } from './domain/told-draw.ts'
import { toContract } from './events/publish.ts'
import { readNationalLists, readTagDimensions } from './files.ts'
import { httpCreditSystem } from './peers/credit-system.ts'
import { claimStore, markStore, reportRunStore } from './store/background.ts'
import { checkpointStore } from './store/checkpoints.ts'
import { creditRecords } from './store/credit-records.ts'
import { importRunStore } from './store/import-runs.ts'
import { inspectorPool } from './store/inspector-pool.ts'
import { itemLinkStore, itemProposalStore, yearlyCheckStore } from './store/item-proposals.ts'
import { keySupervisionListStore } from './store/key-supervision-lists.ts'
import { keyWrapper } from './store/key-wrapper.ts'
import { checkItemListStore, policyBindingStore, presetStore, roleBindingStore, unitStore } from './store/lists.ts'
import { madeCheckStore } from './store/made-checks.ts'
import { objectPool } from './store/object-pool.ts'
import { completenessReportStore, institutionStore, publishedRosterStore, trainingStore } from './store/people.ts'
import { cardStore, frozenDrawStore, importStore, planCandidatesStore, storedFileStore, treeNodesStore } from './store/plain.ts'
import { professionalModelStore } from './store/professional-models.ts'
import { publishedListStore } from './store/published-lists.ts'
import { regimeStore } from './store/regimes.ts'
import { resultDeliveries } from './store/result-deliveries.ts'
import { createSealer } from './store/sealer.ts'
import { sensitiveReadStore } from './store/sensitive-reads.ts'
import { tagRuleStore, tagSchemeStore } from './store/tag-stores.ts'
import { toldDrawStore } from './store/told-draws.ts'
import { warningItems } from './store/warning-items.ts'

/** What a test may put in the place of the real thing. */
export interface RegistryOverrides {
  readonly clock?: Clock
  readonly sensitiveReads?: (stored: SensitiveReads) => SensitiveReads
}

export interface RegistryContext {
  readonly infrastructure: Infrastructure
  readonly registry: Registry
  /** Undefined where no address is given: results then wait. */
  readonly creditSystem: CreditSystem | undefined
  /** What drawing told of its draws. */
  readonly toldDraws: Projection<ToldDraw>
}

const roleRules: RoleRules = {
  isBindable: (role) => isRole(role) && role !== 'SERVICE' && role !== 'PUBLIC',
  incompatible: (roles) => incompatibleRoles(roles.filter(isRole)),
}

/** The one place where dependencies are built. */
export async function openRegistry(config: RegistryConfig, overrides: RegistryOverrides): Promise<RegistryContext> {
  const opened = await openInfrastructure({ name: 'registry', config })
  const infrastructure = { ...opened, clock: overrides.clock ?? opened.clock }
  const { store, relay, clock, logger, lifecycle } = infrastructure
  const threads = computeThreads({ logger })
  // Computations are cut off first, so that whatever waits for one ends in time; the same freeze makes the same files.
  lifecycle.add('compute threads', { drain: () => threads.close(), close: () => threads.close() })
  const settings = { service: 'registry', relay, clock, toContract }
  const presets = presetStore(store, settings)
  const bindings = policyBindingStore(store, settings)
  const lists = readNationalLists()
  const tagSchemes = tagSchemeStore(store, settings)
  const objects = objectPool(store, settings)
  const inspectors = inspectorPool(store, settings)
  const credits = creditRecords(store, settings)
  const warnings = warningItems(store, settings)
  const units = unitStore(store, settings)
  const imports = importStore(store)
  const book = createPolicyBook(presets, bindings)
  const kept = blobs(store)
  const sensitiveReads = sensitiveReadStore(store)
  const toldDraws = projection<ToldDraw>(store, {
    collection: 'told_draws',
    indexes: [
      { fields: { 'state.year': 1, 'state.regionCode': 1 } },
      { fields: { 'state.year': 1, 'state.others': 1 } },
      { fields: { 'state.parentDrawId': 1 } },
    ],
  })
  const registry: Registry = {
    objects,
    inspectors,
    credits,
    regimes: regimeStore(store, settings),
    warnings,
    deliveries: resultDeliveries(store),
    professionalModels: professionalModelStore(store, settings),
    units,
    checkItemLists: checkItemListStore(store, settings),
    keySupervisionLists: keySupervisionListStore(store, settings),
    publishedLists: publishedListStore(store, settings),
    itemProposals: itemProposalStore(store, settings),
    itemLinks: itemLinkStore(store, settings),
    itemDocuments: cardStore<ItemDocument>(store, 'item_documents'),
    yearlyChecks: yearlyCheckStore(store, settings),
    toldDraws: toldDrawStore(toldDraws),
    madeChecks: madeCheckStore(store),
    presets,
    bindings,
    roleBindings: roleBindingStore(store, settings),
    institutions: institutionStore(store, settings),
    trainings: trainingStore(store),
    completenessReports: completenessReportStore(store),
    publishedRosters: publishedRosterStore(store),
    guidelines: cardStore<Guideline>(store, 'guidelines'),
    imports,
    checkpoints: checkpointStore(store),
    importRuns: importRunStore(store),
    storedFiles: storedFileStore(store),
    draws: frozenDrawStore(store),
    treeNodes: treeNodesStore(store),
    planCandidates: planCandidatesStore(store),
    blobs: kept,
    book,
    lists,
    tagBook: createTagBook(tagSchemes, readTagDimensions(), lists),
    tagSchemes,
    tagRules: tagRuleStore(store, settings),
    reports: [
      objectReconciliation({ units, objects, imports, blobs: kept }),
      inspectorCompleteness({ units, inspectors }),
      creditMatch({ units, objects, credits, imports, book }),
      creditGradingReport({ units, objects, credits, warnings, book, clock }),
    ],
    reportRuns: reportRunStore(store),
    claims: claimStore(store),
    marks: markStore(store),
    ids: createKeyedIds(config.DR_ID_KEY),
    sealer: createSealer(config.DR_SEAL_KEY),
    signer: snapshotSigner(config.DR_SNAPSHOT_KEY_ID, config.DR_SNAPSHOT_KEY),
    computations: threadComputations(threads, config.DR_DRAW_HASH),
    hash: { name: config.DR_DRAW_HASH, digest: (bytes) => digest(config.DR_DRAW_HASH, bytes) },
    clock,
    systemClock: () => instantOf(Date.now()),
    repeat: (run) => {
      const passes = sweep({ name: 'import-progress', everyMs: 1000, run, logger })
      passes.start()
      return passes
    },
    makeKey: config.DR_DEMO_SEED === undefined ? randomDrawKey : demoDrawKey(config.DR_DEMO_SEED),
    wrapKey: keyWrapper(config.DR_SUPERIOR_WRAP_KEYS),
    roleRules,
    sensitiveReads: overrides.sensitiveReads?.(sensitiveReads) ?? sensitiveReads,
  }
  const { DR_CREDIT_SYSTEM_URL: address, DR_CREDIT_SYSTEM_TOKEN: token } = config
  const creditSystem = address === undefined ? undefined : httpCreditSystem(address, token)
  return { infrastructure, registry, creditSystem, toldDraws }
}
