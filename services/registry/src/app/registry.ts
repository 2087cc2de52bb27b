import type { DrawHash, Signer } from '@dual-random/draw'
import type { Clock } from '@dual-random/kernel'
import type { RoleRules } from '../domain/role-binding.ts'
import type { MakeDrawKey } from './draw-keys.ts'
import type { KeyedIds } from './ids.ts'
import type { PolicyBook } from './policy-book.ts'
import type {
  Blobs,
  Cards,
  CheckItemLists,
  CreditRecords,
  FrozenDraws,
  Guideline,
  ImportCheckpoints,
  Imports,
  InspectorPool,
  Institution,
  LogSensitiveRead,
  ObjectPool,
  PolicyBindings,
  Presets,
  PublishedLists,
  RoleBindings,
  Sealer,
  Units,
} from './ports.ts'
import type { NationalLists } from './registers/fields.ts'

/** Everything the use cases stand on; each names the part it needs. */
export interface Registry {
  readonly objects: ObjectPool
  readonly inspectors: InspectorPool
  readonly credits: CreditRecords
  readonly units: Units
  readonly checkItemLists: CheckItemLists
  readonly publishedLists: PublishedLists
  readonly presets: Presets
  readonly bindings: PolicyBindings
  readonly roleBindings: RoleBindings
  readonly institutions: Cards<Institution>
  readonly guidelines: Cards<Guideline>
  readonly imports: Imports
  readonly checkpoints: ImportCheckpoints
  readonly draws: FrozenDraws
  readonly blobs: Blobs
  readonly book: PolicyBook
  readonly lists: NationalLists
  readonly ids: KeyedIds
  readonly sealer: Sealer
  readonly signer: Signer
  readonly hash: DrawHash
  readonly clock: Clock
  readonly makeKey: MakeDrawKey
  readonly roleRules: RoleRules
  readonly logSensitiveRead: LogSensitiveRead
}
