import type { DrawHash, Signer } from '@dual-random/draw'
import type { Clock } from '@dual-random/kernel'
import type { ItemDocument } from '../domain/item-links.ts'
import type { RoleRules } from '../domain/role-binding.ts'
import type { Computations } from './computations.ts'
import type { ResultDeliveries } from './delivery-ports.ts'
import type { MakeDrawKey, WrapDrawKey } from './draw-keys.ts'
import type { KeyedIds } from './ids.ts'
import type { Repeat } from './import/import-run.ts'
import type { ImportRuns, StoredFiles } from './import-ports.ts'
import type { KeySupervisionLists } from './key-list-ports.ts'
import type { CompletenessReports, Institutions, PublishedRosters, Trainings } from './people-ports.ts'
import type { PolicyBook } from './policy-book.ts'
import type {
  Blobs,
  Cards,
  CheckItemLists,
  Claims,
  CreditRecords,
  FrozenDraws,
  Guideline,
  ImportCheckpoints,
  Imports,
  InspectorPool,
  ItemProposals,
  LinkRecords,
  MadeChecks,
  Marks,
  ObjectPool,
  PlanCandidatesStore,
  PolicyBindings,
  Presets,
  PublishedLists,
  ReportRuns,
  RoleBindings,
  Sealer,
  SensitiveReads,
  TagRules,
  TagSchemes,
  ToldDraws,
  TreeNodes,
  Units,
  YearlyChecks,
} from './ports.ts'
import type { ProfessionalModels } from './professional-ports.ts'
import type { Regimes } from './regime-ports.ts'
import type { NationalLists } from './registers/fields.ts'
import type { ReportDefinition } from './reports/definition.ts'
import type { TagBook } from './tag-book.ts'
import type { Warnings } from './warning-ports.ts'

/** Everything the use cases stand on; each names the part it needs. */
export interface Registry {
  readonly objects: ObjectPool
  readonly inspectors: InspectorPool
  readonly credits: CreditRecords
  readonly regimes: Regimes
  readonly warnings: Warnings
  readonly deliveries: ResultDeliveries
  readonly professionalModels: ProfessionalModels
  readonly units: Units
  readonly checkItemLists: CheckItemLists
  readonly keySupervisionLists: KeySupervisionLists
  readonly publishedLists: PublishedLists
  readonly itemProposals: ItemProposals
  readonly itemLinks: LinkRecords
  readonly itemDocuments: Cards<ItemDocument>
  readonly yearlyChecks: YearlyChecks
  readonly toldDraws: ToldDraws
  readonly madeChecks: MadeChecks
  readonly presets: Presets
  readonly bindings: PolicyBindings
  readonly roleBindings: RoleBindings
  readonly institutions: Institutions
  readonly trainings: Trainings
  readonly completenessReports: CompletenessReports
  readonly publishedRosters: PublishedRosters
  readonly guidelines: Cards<Guideline>
  readonly imports: Imports
  readonly checkpoints: ImportCheckpoints
  readonly importRuns: ImportRuns
  readonly storedFiles: StoredFiles
  readonly draws: FrozenDraws
  readonly treeNodes: TreeNodes
  readonly planCandidates: PlanCandidatesStore
  readonly blobs: Blobs
  readonly book: PolicyBook
  readonly lists: NationalLists
  readonly tagBook: TagBook
  readonly tagSchemes: TagSchemes
  readonly tagRules: TagRules
  /** What runs once a day, and what came of it. */
  readonly reports: readonly ReportDefinition[]
  readonly reportRuns: ReportRuns
  readonly claims: Claims
  readonly marks: Marks
  readonly ids: KeyedIds
  readonly sealer: Sealer
  readonly signer: Signer
  readonly computations: Computations
  readonly hash: DrawHash
  readonly clock: Clock
  /** Real time, for what does not follow a clock that is moved. */
  readonly systemClock: Clock
  /** By which the progress of imports is noted while they run. */
  readonly repeat: Repeat
  readonly makeKey: MakeDrawKey
  readonly wrapKey: WrapDrawKey
  readonly roleRules: RoleRules
  readonly sensitiveReads: SensitiveReads
}
