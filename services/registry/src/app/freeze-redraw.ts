import { keyedHmac, type RedrawPurpose, type Snapshot, signSnapshot } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { canonicalJson, chinaDateOf, type Instant, type Json, type LocalDate, type RegionCode, tlv, toHex } from '@dual-random/kernel'
import { labelSearch, openDrawFile, sealDrawFile } from './draw-files.ts'
import { knownDrawKey } from './draw-keys.ts'
import { type DrawnEarlier, drawnBefore, unknownDraw } from './drawn-before.ts'
import { canonicalDraws, disclosure, requireSettled, requireUnits, sameRequest } from './freeze-checks.ts'
import { askedOf, type FreezeDeps } from './freeze-roster.ts'
import { memberFinder } from './frozen-draw.ts'
import { drawIdOf, findFrozen } from './frozen-id.ts'
import { gatherMappedSet } from './gather-mapped-set.ts'
import { loadsDigest } from './loads-digest.ts'
import { digestOfText } from './policy-book.ts'
import type { FrozenDraw } from './ports.ts'
import { sourceFreshness } from './source-freshness.ts'

export interface RedrawRequest {
  readonly drawId: string
  readonly regionCode: RegionCode
  readonly parentDrawId: string
  readonly purpose: RedrawPurpose
  readonly number: number
  readonly attempt: number
  readonly asOf: Instant
  /** Labels that leave, or get other inspectors. */
  readonly labels: readonly string[]
  /** Labels drawn by the parent and its redraws. */
  readonly drawnLabels: readonly string[]
  readonly earlierDraws: readonly DrawnEarlier[]
  readonly matchingUnitIds: readonly string[]
  readonly checkUntil: LocalDate
}

/**
 * Freezes the mapped set of a draw anew for a redraw of it (docs/draw-protocol.md §18): labels and strata are the parent's, who may still be
 * drawn is as of now. The same request gives the same bytes again.
 */
export async function freezeRedraw(deps: FreezeDeps, request: RedrawRequest): Promise<FrozenDraw> {
  const requestDigest = digestOfText(canonicalJson(canonicalRequest(request)))
  const frozen = await deps.draws.get(request.drawId)
  if (frozen !== undefined) return sameRequest(frozen, requestDigest)
  const parent = await requireParent(deps, request)
  requireSettled(deps.clock, request.asOf)
  await requireUnits(deps.units, request.matchingUnitIds)
  const draw = await snapshotOf(deps, request, parent, requestDigest)
  if (await deps.draws.insert(draw)) return draw
  return sameRequest((await deps.draws.get(request.drawId)) as FrozenDraw, requestDigest)
}

async function requireParent({ draws }: FreezeDeps, { parentDrawId, regionCode, asOf }: RedrawRequest): Promise<FrozenDraw> {
  // Of several cities each froze its own pool: a redraw is of one of them.
  const parent = await findFrozen(draws, parentDrawId, regionCode)
  if (parent === undefined || parent.regionCode !== regionCode) throw unknownDraw(parentDrawId)
  if (parent.labelsOf !== undefined) throw appError('failed-precondition', 'redraw-of-redraw', { meta: { drawId: parentDrawId } })
  if (asOf <= parent.asOf) throw appError('failed-precondition', 'as-of-not-later', { meta: { asOf: parent.asOf } })
  return parent
}

async function snapshotOf(deps: FreezeDeps, request: RedrawRequest, parent: FrozenDraw, requestDigest: string): Promise<FrozenDraw> {
  const { draws, blobs, sealer, hash, signer } = deps
  const { drawId, regionCode, asOf, purpose, matchingUnitIds } = request
  const key = await knownDrawKey(draws, sealer, parent.id)
  if (key === undefined) throw new Error(`draw ${parent.id} has no key`)
  const { policy, digest } = await deps.book.inForce(regionCode, chinaDateOf(asOf))
  const known = await knownSince(deps, request, parent, { policy, key })
  const [objects, exclusions, index] = (await Promise.all(
    (['objects', 'exclusions', 'index'] as const).map((file) => openDrawFile(blobs, sealer, parent, file)),
  )) as [Uint8Array, Uint8Array, Uint8Array]
  const made = await deps.computations.redrawFiles({
    regionCode,
    drawId,
    labelsOf: drawIdOf(parent),
    asOf,
    creditLoadDigest: loadsDigest(hash, 'credit', known.creditLoads),
    registrationLoadDigest: loadsDigest(hash, 'registration', known.registrationLoads),
    members: known.members,
    parent: { roster: await blobs.bytes(parent.files.roster), objects: objects.slice(), exclusions },
    purpose,
    labels: request.labels,
    drawnLabels: request.drawnLabels,
    nonce: toHex(keyedHmac(hash, key)(tlv('exclusions-nonce', drawId))),
    disclosure,
    key,
  })
  if (!made.ok) throw new Error(`the mapped set of ${drawId} has ${made.error.code}`)
  const { snapshot, roster, rosterMarks, namedDraws, ...sealed } = made.value
  requireSameTree(parent, snapshot)
  return {
    id: drawId,
    labelsOf: drawIdOf(parent),
    ...(parent.id === drawIdOf(parent) ? {} : { parentId: parent.id }),
    regionCode,
    asOf,
    requestDigest,
    items: parent.items,
    ...askedOf(parent),
    matchingUnitIds,
    checkUntil: request.checkUntil,
    byGrade: parent.byGrade,
    trainedOnly: policy.find('inspector.untrainedDrawable') === false,
    policy: { ...policy.id, digest },
    sources: await sourceFreshness(deps.imports, policy, {
      regionCode,
      at: asOf,
      objectUnitIds: [...known.ownerUnitIds].sort(),
      inspectorUnitIds: [...matchingUnitIds].sort(),
    }),
    ...(namedDraws.length === 0 ? {} : { namedDraws }),
    snapshotJson: canonicalJson({ ...signSnapshot(hash, snapshot, signer), snapshot }),
    files: {
      roster: await blobs.put(roster),
      index: await sealDrawFile(blobs, sealer, drawId, 'index', index),
      objects: await sealDrawFile(blobs, sealer, drawId, 'objects', objects),
      exclusions: await sealDrawFile(blobs, sealer, drawId, 'exclusions', sealed.exclusions),
      repeats: await sealDrawFile(blobs, sealer, drawId, 'repeats', sealed.repeats),
    },
    rosterMarks,
  }
}

type Known = Awaited<ReturnType<typeof gatherMappedSet>>

/** What holds now of the objects behind the labels. A re-match asks only of those it names, be it that they have left the pool: their checks are under way. */
async function knownSince(
  deps: FreezeDeps,
  request: RedrawRequest,
  parent: FrozenDraw,
  { policy, key }: Pick<Parameters<typeof gatherMappedSet>[1], 'policy' | 'key'>,
): Promise<Known> {
  const { blobs, sealer, draws } = deps
  await requireLabels(deps, request, parent)
  if (request.purpose === 'rematch') return concerned(deps, request, parent)
  const before = await drawnBefore(draws, blobs, sealer, request.earlierDraws)
  const { regionCode, asOf } = request
  const { byGrade, items } = parent
  return gatherMappedSet(deps, { drawId: drawIdOf(parent), regionCode, asOf, byGrade, items, ...askedOf(parent), policy, key, before })
}

async function requireLabels({ blobs, sealer }: FreezeDeps, request: RedrawRequest, parent: FrozenDraw): Promise<void> {
  const search = await labelSearch(blobs, sealer, parent)
  const unknown = [...request.labels, ...request.drawnLabels].find((label) => search(label) === undefined)
  if (unknown !== undefined) throw appError('invalid', 'label-unknown', { meta: { drawId: drawIdOf(parent), label: unknown } })
}

/** What a re-match rests on: the registration of the objects it names, as far as they are still there. */
async function concerned(
  { draws, objects, blobs, sealer }: FreezeDeps,
  { labels, asOf }: RedrawRequest,
  parent: FrozenDraw,
): Promise<Known> {
  const search = await labelSearch(blobs, sealer, parent)
  const ids = labels.map((label) => search(label) ?? '')
  const stored = await objects.loadMany(ids)
  const memberIn = await memberFinder(draws, { ...parent, asOf, labelsOf: drawIdOf(parent), parentId: parent.id })
  const registrationLoads = new Set<string>()
  const ownerUnitIds = new Set<string>()
  for (const id of ids) {
    const member = memberIn(stored.get(id)?.state)
    if (member === undefined) throw new Error(`object ${id} of draw ${parent.id} is gone`)
    registrationLoads.add(member.load)
    ownerUnitIds.add(member.object.unitId)
  }
  return { members: [], registrationLoads, creditLoads: new Set(), ownerUnitIds }
}

/** Labels and strata are read back from a file: anything else than the parent's signed tree is a changed store. */
function requireSameTree(parent: FrozenDraw, snapshot: Snapshot): void {
  const signed = (JSON.parse(parent.snapshotJson) as { readonly snapshot: Snapshot }).snapshot
  if (signed.root !== snapshot.root || signed.privateFileDigest !== snapshot.privateFileDigest)
    throw new Error(`the files of draw ${parent.id} are not those of its snapshot`)
}

const canonicalRequest = (request: RedrawRequest): Json => ({
  ...request,
  labels: [...request.labels].sort(),
  drawnLabels: [...request.drawnLabels].sort(),
  earlierDraws: canonicalDraws(request.earlierDraws),
  matchingUnitIds: [...request.matchingUnitIds].sort(),
})
