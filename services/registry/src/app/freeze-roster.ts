import { type DrawHash, keyedHmac, type Signer, signSnapshot } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import {
  addMs,
  type Clock,
  canonicalJson,
  chinaDateOf,
  type Instant,
  type Json,
  type LocalDate,
  type RegionCode,
  tlv,
  toHex,
} from '@dual-random/kernel'
import type { Computations } from './computations.ts'
import { sealDrawFile } from './draw-files.ts'
import { type MakeDrawKey, obtainDrawKey } from './draw-keys.ts'
import { type DrawnEarlier, drawnBefore } from './drawn-before.ts'
import { gatherMappedSet } from './gather-mapped-set.ts'
import { requireItems } from './items.ts'
import { loadsDigest } from './loads-digest.ts'
import { digestOfText, type PolicyBook, type PolicyInForce } from './policy-book.ts'
import type { Blobs, CheckItemLists, CreditRecords, FrozenDraw, FrozenDraws, Imports, ObjectPool, Sealer, Units } from './ports.ts'
import { sourceFreshness } from './source-freshness.ts'

export interface FreezeRequest {
  readonly drawId: string
  readonly regionCode: RegionCode
  /** What is drawn, for the record: registry does not judge it. */
  readonly planId: string
  readonly lineId: string
  readonly batch: number
  readonly attempt: number
  readonly asOf: Instant
  readonly itemCodes: readonly string[]
  readonly byGrade: boolean
  readonly earlierDraws: readonly DrawnEarlier[]
  readonly matchingUnitIds: readonly string[]
  readonly checkUntil: LocalDate
}

export interface FreezeDeps {
  readonly objects: ObjectPool
  readonly credits: CreditRecords
  readonly checkItemLists: CheckItemLists
  readonly units: Units
  readonly imports: Imports
  readonly draws: FrozenDraws
  readonly blobs: Blobs
  readonly sealer: Sealer
  readonly signer: Signer
  readonly computations: Computations
  readonly hash: DrawHash
  readonly book: PolicyBook
  readonly clock: Clock
  readonly makeKey: MakeDrawKey
}

/** Writes of the instant itself may still be on their way to the store (design §5). */
const settleMs = 5000

/** Rule 3: which grounds are shown as one, and the smallest count shown by itself. */
const disclosure = { publicGround: { REPEAT_BAR: 'REPEAT_OR_PENDING' }, smallestCell: 5 } as const

/** Freezes the mapped set of a draw under blinded labels and signs the snapshot (rules 2 and 3). The same request gives the same bytes again. */
export async function freezeRoster(deps: FreezeDeps, request: FreezeRequest): Promise<FrozenDraw> {
  const requestDigest = digestOfText(canonicalJson(canonicalRequest(request)))
  const frozen = await deps.draws.get(request.drawId)
  if (frozen !== undefined) return sameRequest(frozen, requestDigest)
  if (request.asOf > addMs(deps.clock(), -settleMs))
    throw appError('failed-precondition', 'as-of-too-recent', { meta: { asOf: request.asOf } })

  const date = chinaDateOf(request.asOf)
  const policy = await deps.book.inForce(request.regionCode, date)
  const items = await requireItems(deps.checkItemLists, request.regionCode, date, request.itemCodes)
  await requireUnits(deps.units, request.matchingUnitIds)
  const draw = await snapshotOf(deps, request, { requestDigest, policy, items })
  if (await deps.draws.insert(draw)) return draw
  return sameRequest((await deps.draws.get(request.drawId)) as FrozenDraw, requestDigest)
}

type Resolved = Pick<FrozenDraw, 'requestDigest' | 'items'> & { readonly policy: PolicyInForce }

async function snapshotOf(deps: FreezeDeps, request: FreezeRequest, { requestDigest, policy, items }: Resolved): Promise<FrozenDraw> {
  const { draws, blobs, sealer, hash, signer } = deps
  const { drawId, regionCode, asOf, byGrade } = request
  const key = await obtainDrawKey(draws, sealer, deps.makeKey, drawId)
  const before = await drawnBefore(draws, blobs, sealer, request.earlierDraws)
  const gathered = await gatherMappedSet(deps, { drawId, regionCode, asOf, byGrade, items, policy: policy.policy, key, before })
  if (gathered.members.length === 0) throw appError('failed-precondition', 'mapped-set-empty')
  const made = await deps.computations.freezeFiles({
    regionCode,
    drawId,
    asOf,
    creditLoadDigest: loadsDigest(hash, 'credit', gathered.creditLoads),
    registrationLoadDigest: loadsDigest(hash, 'registration', gathered.registrationLoads),
    members: gathered.members,
    nonce: toHex(keyedHmac(hash, key)(tlv('exclusions-nonce', drawId))),
    disclosure,
    key,
  })
  if (!made.ok) throw new Error(`the mapped set of ${drawId} has ${made.error.code}`)
  const { snapshot, roster, rosterMarks, ...sealed } = made.value
  return {
    id: drawId,
    regionCode,
    asOf,
    requestDigest,
    items,
    matchingUnitIds: request.matchingUnitIds,
    checkUntil: request.checkUntil,
    byGrade,
    trainedOnly: policy.policy.find('inspector.untrainedDrawable') === false,
    policy: { ...policy.policy.id, digest: policy.digest },
    sources: await sourceFreshness(deps.imports, policy.policy, {
      regionCode,
      at: asOf,
      objectUnitIds: [...gathered.ownerUnitIds].sort(),
      inspectorUnitIds: [...request.matchingUnitIds].sort(),
    }),
    snapshotJson: canonicalJson({ ...signSnapshot(hash, snapshot, signer), snapshot }),
    files: {
      roster: await blobs.put(roster),
      index: await sealDrawFile(blobs, sealer, drawId, 'index', sealed.index),
      objects: await sealDrawFile(blobs, sealer, drawId, 'objects', sealed.objects),
      exclusions: await sealDrawFile(blobs, sealer, drawId, 'exclusions', sealed.exclusions),
      repeats: await sealDrawFile(blobs, sealer, drawId, 'repeats', sealed.repeats),
    },
    rosterMarks,
  }
}

function sameRequest(frozen: FrozenDraw, requestDigest: string): FrozenDraw {
  if (frozen.requestDigest === requestDigest) return frozen
  throw appError('already-exists', 'draw-frozen-differently', { meta: { drawId: frozen.id } })
}

async function requireUnits(units: Units, unitIds: readonly string[]): Promise<void> {
  const known = await units.loadMany(unitIds)
  const missing = unitIds.find((unitId) => !known.has(unitId))
  if (missing !== undefined) throw appError('failed-precondition', 'unit-unknown', { meta: { unitId: missing } })
}

/** Lists in canonical order, so that the order of a request makes no other request. */
const canonicalRequest = (request: FreezeRequest): Json => ({
  ...request,
  itemCodes: [...request.itemCodes].sort(),
  matchingUnitIds: [...request.matchingUnitIds].sort(),
  earlierDraws: request.earlierDraws
    .map(({ drawId, labels }) => ({ drawId, labels: [...labels].sort() }))
    .sort((a, b) => (a.drawId < b.drawId ? -1 : 1)),
})
