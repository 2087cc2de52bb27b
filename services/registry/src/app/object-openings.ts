import { type ObjectOpening, openingAt, opensTo, type RosterEntry, type Snapshot } from '@dual-random/draw'
import { type AppError, appError } from '@dual-random/errors'
import { canonicalJson } from '@dual-random/kernel'
import { noticeOpeningRefusal, type OpeningRefusal, ownOpeningRefusal } from '../domain/opening-rule.ts'
import type { Computations } from './computations.ts'
import { openDrawFile } from './draw-files.ts'
import { entityOf, type OpenDrawDeps } from './frozen-draw.ts'
import { drawIdOf, keyIdOf, labelDrawOf } from './frozen-id.ts'
import { placeInLabelIndex } from './label-index.ts'
import type { FrozenDraw, ObjectPool, ToldDraws, TreeNodes } from './ports.ts'
import { streamRoster } from './roster-file.ts'
import { unknownObject } from './set-object-status.ts'
import { nodeBytes, pathPlaces } from './tree-nodes.ts'

export interface OpeningDeps extends Pick<OpenDrawDeps, 'draws' | 'blobs' | 'sealer' | 'hash'> {
  readonly objects: Pick<ObjectPool, 'load'>
  readonly toldDraws: Omit<ToldDraws, 'inYear'>
  readonly treeNodes: TreeNodes
  readonly computations: Pick<Computations, 'rosterNodes'>
}

/** The file `dual-random/opening/v1` as it stands in the roster of a draw, with what else that says of the object. */
interface FoundOpening {
  readonly opening: ObjectOpening
  readonly isExcluded: boolean
}

/** An object's own opening, as RFC 8785 text, for that object or who oversees the draw; whether it is drawn makes no difference to when (rule 11). */
export async function ownOpening(deps: OpeningDeps, draw: FrozenDraw, objectCode: string): Promise<string> {
  const refusal = await ownRefusal(deps, draw)
  if (refusal !== undefined) throw refused(draw, refusal)
  const found = await findOpening(deps, draw, objectCode)
  if (found === undefined) throw notMapped(draw)
  return canonicalJson(found.opening)
}

/** The opening that goes on the notice of an object's check, as RFC 8785 text. That the visit has come is for inspection to say. */
export async function noticeOpening(deps: OpeningDeps, draw: FrozenDraw, objectId: string): Promise<string> {
  const status = (await deps.toldDraws.get(drawIdOf(draw)))?.status
  const object = (await deps.objects.load(objectId))?.state
  if (object === undefined) throw unknownObject(objectId)
  const found = await findOpening(deps, draw, object.objectCode)
  const refusal = noticeOpeningRefusal(status, found?.isExcluded === true)
  if (refusal !== undefined) throw appError('failed-precondition', refusal.code, { meta: { drawId: drawIdOf(draw) } })
  if (found === undefined) throw notMapped(draw)
  return canonicalJson(found.opening)
}

const notMapped = (draw: FrozenDraw): AppError => appError('not-found', 'opening-not-mapped', { meta: { drawId: drawIdOf(draw) } })

/** Labels are one family's: whoever has the opening of one of its draws finds itself in all. Redraws in another city have labels under another K. */
async function ownRefusal({ draws, toldDraws }: OpeningDeps, draw: FrozenDraw): Promise<OpeningRefusal | undefined> {
  const family = labelDrawOf(draw)
  const parent = draw.labelsOf === undefined ? undefined : await draws.get(keyIdOf(draw))
  const named = [...(draw.namedDraws ?? []), ...(parent?.namedDraws ?? []), family]
  const [told, redraws] = await Promise.all([toldDraws.getMany([drawIdOf(draw), ...named]), toldDraws.redrawsOf(family)])
  return ownOpeningRefusal(told.get(drawIdOf(draw))?.status, [
    ...named.map((drawId) => told.get(drawId)?.status),
    ...redraws.flatMap(({ regionCode, status }) => (regionCode === draw.regionCode ? [status] : [])),
  ])
}

function refused(draw: FrozenDraw, refusal: OpeningRefusal): AppError {
  const meta = { drawId: drawIdOf(draw), ...('status' in refusal ? { status: refusal.status } : {}) }
  return appError('failed-precondition', refusal.code, { meta })
}

/** Undefined for an object outside the mapped set. Reads what it needs of the draw's files, never a whole roster. */
async function findOpening(deps: OpeningDeps, draw: FrozenDraw, objectCode: string): Promise<FoundOpening | undefined> {
  const { blobs, sealer, hash } = deps
  const entity = await entityOf(deps, draw, objectCode)
  const index = placeInLabelIndex(await openDrawFile(blobs, sealer, draw, 'index'), entity.label)
  if (index === undefined) return undefined
  const { snapshot } = JSON.parse(draw.snapshotJson) as { readonly snapshot: Snapshot }
  const size = snapshot.strata.reduce((sum, { mapped }) => sum + mapped, 0)
  const { stratum, excluded } = await entryAt(deps, draw, index)
  const place = { stratum, index, size, path: await pathOf(deps, draw, index, size) }
  const opening = openingAt(drawIdOf(draw), entity, place, draw.jointDrawId === undefined ? undefined : draw.regionCode)
  if (!opensTo(hash, snapshot, opening)) throw new Error(`the files of draw ${draw.id} are not those of its snapshot`)
  return { opening, isExcluded: excluded }
}

async function entryAt({ blobs }: OpeningDeps, draw: FrozenDraw, index: number): Promise<RosterEntry> {
  for await (const [first] of streamRoster(blobs, draw, { includeExcluded: true, firstEntry: index }).entries)
    if (first !== undefined) return first
  throw new Error(`the roster of draw ${draw.id} has no line ${index + 1}`)
}

async function pathOf(deps: OpeningDeps, draw: FrozenDraw, index: number, size: number): Promise<readonly Uint8Array[]> {
  const digest = await nodesOf(deps, draw)
  return Promise.all(pathPlaces(index, size).map((begin) => nodeAt(deps, digest, begin)))
}

/** The nodes of a draw's tree are made when its first opening is asked for, and kept. */
async function nodesOf({ blobs, treeNodes, computations }: OpeningDeps, draw: FrozenDraw): Promise<string> {
  const id = keyIdOf(draw)
  const kept = await treeNodes.get(id)
  if (kept !== undefined) return kept
  // The bytes change hands.
  const made = await computations.rosterNodes((await blobs.bytes(draw.files.roster)).slice())
  if (!made.ok) throw new Error(`the roster of draw ${draw.id} has ${made.error.code}`)
  const digest = await blobs.put(made.value)
  await treeNodes.keep(id, digest)
  return digest
}

async function nodeAt({ blobs }: OpeningDeps, digest: string, begin: number): Promise<Uint8Array> {
  const node = new Uint8Array(nodeBytes)
  let filled = 0
  for await (const piece of blobs.get(digest, begin)) {
    const taken = piece.subarray(0, nodeBytes - filled)
    node.set(taken, filled)
    filled += taken.length
    if (filled === nodeBytes) return node
  }
  throw new Error(`the nodes ${digest} end before byte ${begin + nodeBytes}`)
}
