import { type DrawHash, keyedHmac, type Signer, signSnapshot } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import {
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
import type { RepeatGrounds } from '@dual-random/policy'
import { canonicalScope, type DrawScope } from '../domain/draw-scope.ts'
import type { Computations } from './computations.ts'
import { sealDrawFile } from './draw-files.ts'
import { type MakeDrawKey, obtainDrawKey, type WrapDrawKey } from './draw-keys.ts'
import { type DrawnEarlier, drawnBefore } from './drawn-before.ts'
import { canonicalDraws, disclosure, requireSettled, requireUnits, sameRequest } from './freeze-checks.ts'
import { frozenIdOf } from './frozen-id.ts'
import { gatherMappedSet } from './gather-mapped-set.ts'
import { requireItems } from './items.ts'
import { loadsDigest } from './loads-digest.ts'
import { digestOfText, type PolicyBook, type PolicyInForce } from './policy-book.ts'
import type { Blobs, CheckItemLists, CreditRecords, FrozenDraw, FrozenDraws, Imports, ObjectPool, Sealer, Units } from './ports.ts'
import type { Regimes } from './regime-ports.ts'
import { sourceFreshness } from './source-freshness.ts'

/** A line of a plan, or a task on clues in its place (DRW-25). */
export type FrozenSubject =
  | { readonly planId: string; readonly lineId: string }
  | { readonly clueTaskId: string; readonly clueIds: readonly string[] }

export interface FreezeRequest {
  readonly drawId: string
  /** Whose pool is frozen. */
  readonly regionCode: RegionCode
  /** Of a draw of several cities: the organiser's, whose own freeze names it too. */
  readonly organiserRegionCode?: RegionCode
  /** What is drawn, for the record: registry does not judge it. */
  readonly subject: FrozenSubject
  readonly batch: number
  readonly attempt: number
  readonly asOf: Instant
  readonly itemCodes: readonly string[]
  /** What the draw is narrowed to beside its items; absent where nothing narrows it. */
  readonly scope?: DrawScope
  readonly byGrade: boolean
  /** Of a joint check (CRD-09); absent where it is none. */
  readonly joint?: true
  /** Why objects drawn before may be drawn again (CRD-07, CRD-09). */
  readonly repeatGround?: RepeatGrounds
  readonly earlierDraws: readonly DrawnEarlier[]
  readonly matchingUnitIds: readonly string[]
  readonly checkUntil: LocalDate
}

export interface FreezeDeps {
  readonly objects: ObjectPool
  readonly credits: CreditRecords
  readonly regimes: Regimes
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
  readonly wrapKey: WrapDrawKey
}

/** Freezes the mapped set of a draw under blinded labels and signs the snapshot (rules 2 and 3). The same request gives the same bytes again. */
export async function freezeRoster(deps: FreezeDeps, request: FreezeRequest): Promise<FrozenDraw> {
  const requestDigest = digestOfText(canonicalJson(canonicalRequest(request)))
  const id = frozenIdOf(request.drawId, request.regionCode, request.organiserRegionCode)
  const frozen = await deps.draws.get(id)
  if (frozen !== undefined) return sameRequest(frozen, requestDigest)
  requireSettled(deps.clock, request.asOf)

  const date = chinaDateOf(request.asOf)
  const policy = await deps.book.inForce(request.regionCode, date)
  const items = await requireItems(deps.checkItemLists, request.regionCode, date, request.itemCodes)
  await requireUnits(deps.units, request.matchingUnitIds)
  const draw = await snapshotOf(deps, request, { requestDigest, policy, items })
  if (await deps.draws.insert(draw)) return draw
  return sameRequest((await deps.draws.get(id)) as FrozenDraw, requestDigest)
}

type Resolved = Pick<FrozenDraw, 'requestDigest' | 'items'> & { readonly policy: PolicyInForce }

async function snapshotOf(deps: FreezeDeps, request: FreezeRequest, { requestDigest, policy, items }: Resolved): Promise<FrozenDraw> {
  const { draws, blobs, sealer, hash, signer } = deps
  const { drawId, regionCode, organiserRegionCode, asOf, byGrade } = request
  const id = frozenIdOf(drawId, regionCode, organiserRegionCode)
  const asked = askedOf(request)
  const key = await obtainDrawKey(deps, { id, drawId, regionCode })
  const before = await drawnBefore(draws, blobs, sealer, request.earlierDraws)
  const gathered = await gatherMappedSet(deps, { drawId, regionCode, asOf, byGrade, items, ...asked, policy: policy.policy, key, before })
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
  if (!made.ok) throw new Error(`the mapped set of ${id} has ${made.error.code}`)
  const { snapshot, roster, rosterMarks, namedDraws, ...sealed } = made.value
  return {
    id,
    ...(organiserRegionCode === undefined ? {} : { jointDrawId: drawId }),
    regionCode,
    asOf,
    requestDigest,
    items,
    ...asked,
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
    ...(namedDraws.length === 0 ? {} : { namedDraws }),
    snapshotJson: canonicalJson({ ...signSnapshot(hash, snapshot, signer), snapshot }),
    files: {
      roster: await blobs.put(roster),
      index: await sealDrawFile(blobs, sealer, id, 'index', sealed.index),
      objects: await sealDrawFile(blobs, sealer, id, 'objects', sealed.objects),
      exclusions: await sealDrawFile(blobs, sealer, id, 'exclusions', sealed.exclusions),
      repeats: await sealDrawFile(blobs, sealer, id, 'repeats', sealed.repeats),
    },
    rosterMarks,
  }
}

/** What is asked of a freeze beside its items, and kept with it: a redraw is frozen on the same terms. */
export const askedOf = ({ scope, joint, repeatGround }: Pick<FrozenDraw, 'scope' | 'joint' | 'repeatGround'>) => ({
  ...(scope === undefined ? {} : { scope }),
  ...(joint === undefined ? {} : { joint }),
  ...(repeatGround === undefined ? {} : { repeatGround }),
})

/** Lists in canonical order, so that the order of a request makes no other request. The subject's members stand among the others, as they always did. */
const canonicalRequest = ({ subject, scope, ...request }: FreezeRequest): Json => ({
  ...request,
  ...subject,
  ...(scope === undefined ? {} : { scope: canonicalScope(scope) }),
  itemCodes: [...request.itemCodes].sort(),
  matchingUnitIds: [...request.matchingUnitIds].sort(),
  earlierDraws: canonicalDraws(request.earlierDraws),
})
