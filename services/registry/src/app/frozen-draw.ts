import { type BlindedEntity, type DrawHash, labelBlinder } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { chinaDateOf } from '@dual-random/kernel'
import type { CheckObject } from '../domain/check-object.ts'
import { type Inspector, type InspectorContent, inPostAt, unitAt } from '../domain/inspector.ts'
import { type Member, memberOf } from '../domain/mapped-set.ts'
import { trainedAt } from '../domain/training.ts'
import { labelSearch } from './draw-files.ts'
import { knownDrawKey } from './draw-keys.ts'
import { unknownDraw } from './drawn-before.ts'
import { drawIdOf, findFrozen, keyIdOf, labelDrawOf } from './frozen-id.ts'
import type { Trainings } from './people-ports.ts'
import type { Blobs, FrozenDraw, FrozenDraws, InspectorPool, ObjectPool, Sealer } from './ports.ts'
import { trainingRegions } from './training-coverage.ts'

export interface OpenDrawDeps {
  readonly draws: FrozenDraws
  readonly blobs: Blobs
  readonly sealer: Sealer
  readonly objects: ObjectPool
  readonly inspectors: InspectorPool
  readonly trainings: Trainings
  readonly hash: DrawHash
}

/** A member of a frozen draw behind its label, as it was at the snapshot. */
export interface OpenedMember extends BlindedEntity {
  readonly member: Member
}

export interface OpenedInspector extends BlindedEntity {
  readonly inspector: Inspector
  readonly content: InspectorContent
}

/** A frozen draw under its key. Whoever opens it logs the read. */
export interface OpenDraw {
  readonly draw: FrozenDraw
  readonly key: Uint8Array
  /** In the order of the labels; throws `label-unknown` for one that is not of this draw. */
  membersOf(labels: readonly string[]): Promise<readonly OpenedMember[]>
  /** Inspectors of the matching units who were in post at the snapshot, and trained where policy asks for it, ascending by label. */
  inspectors(): Promise<readonly OpenedInspector[]>
}

export const labelsPerCall = 5000

/** The frozen draw of a city; where none is named, the organiser's. */
export async function requireDraw(draws: FrozenDraws, drawId: string, regionCode?: string): Promise<FrozenDraw> {
  const draw = await findFrozen(draws, drawId, regionCode)
  if (draw === undefined) throw unknownDraw(drawId)
  return draw
}

export async function openDraw(deps: OpenDrawDeps, draw: FrozenDraw): Promise<OpenDraw> {
  const { draws, sealer, hash } = deps
  const key = await requireKey(draws, sealer, draw)
  let opener: Promise<LabelOpener> | undefined
  return {
    draw,
    key,
    membersOf: async (labels) => {
      if (labels.length > labelsPerCall) throw appError('invalid', 'too-many-labels', { meta: { limit: labelsPerCall } })
      if (labels.length === 0) return []
      opener ??= labelOpener(deps, draw, key)
      return (await opener)(labels)
    },
    inspectors: () => inspectorsOf(deps, draw, labelBlinder(hash, key, 'inspector', labelDrawOf(draw))),
  }
}

/** An object under the key of a draw, whether it is mapped there or not. */
export async function entityOf(
  { draws, sealer, hash }: Pick<OpenDrawDeps, 'draws' | 'sealer' | 'hash'>,
  draw: FrozenDraw,
  objectCode: string,
): Promise<BlindedEntity> {
  return labelBlinder(hash, await requireKey(draws, sealer, draw), 'object', labelDrawOf(draw))(objectCode)
}

async function requireKey(draws: FrozenDraws, sealer: Sealer, draw: FrozenDraw): Promise<Uint8Array> {
  const key = await knownDrawKey(draws, sealer, keyIdOf(draw))
  if (key === undefined) throw new Error(`draw ${keyIdOf(draw)} has no key`)
  return key
}

/** Finds an object as the mapped set of a draw has it. Whoever was drawn and has left the pool since is known to a redraw as the parent knew it. */
export async function memberFinder(
  draws: FrozenDraws,
  draw: Pick<FrozenDraw, 'regionCode' | 'items' | 'asOf' | 'scope' | 'labelsOf' | 'parentId'>,
): Promise<(object: CheckObject | undefined) => Member | undefined> {
  const parent = draw.labelsOf === undefined ? undefined : await draws.get(draw.parentId ?? draw.labelsOf)
  return (object) =>
    object && (memberOf(object, draw) ?? (parent === undefined ? undefined : memberOf(object, { ...draw, asOf: parent.asOf })))
}

type LabelOpener = (labels: readonly string[]) => Promise<readonly OpenedMember[]>

/** The label index of a draw takes 48 bytes a member, so it is read once for however many labels. */
async function labelOpener({ draws, blobs, sealer, objects, hash }: OpenDrawDeps, draw: FrozenDraw, key: Uint8Array): Promise<LabelOpener> {
  const search = await labelSearch(blobs, sealer, draw)
  const blind = labelBlinder(hash, key, 'object', labelDrawOf(draw))
  const memberIn = await memberFinder(draws, draw)
  return async (labels) => {
    const ids = labels.map((label) => search(label))
    const unknown = ids.indexOf(undefined)
    if (unknown >= 0) throw appError('invalid', 'label-unknown', { meta: { drawId: drawIdOf(draw), label: labels[unknown] ?? '' } })
    const stored = await objects.loadMany(ids as string[])
    return ids.map((id) => {
      const member = memberIn(stored.get(id ?? '')?.state)
      if (member === undefined) throw new Error(`object ${id} of draw ${draw.id} is gone`)
      return { ...blind(member.object.objectCode), member }
    })
  }
}

async function inspectorsOf(
  { inspectors, trainings }: OpenDrawDeps,
  draw: FrozenDraw,
  blind: (id: string) => BlindedEntity,
): Promise<readonly OpenedInspector[]> {
  const { asOf, checkUntil, matchingUnitIds, trainedOnly } = draw
  const matching = new Set(matchingUnitIds)
  const inPost: { readonly inspector: Inspector; readonly content: InspectorContent }[] = []
  // Whoever was taken over by another unit since is opened as of the pool the draw was made from.
  for await (const inspector of inspectors.everOfUnits(matchingUnitIds)) {
    const unitId = unitAt(inspector, asOf)
    const content = matching.has(unitId) ? inPostAt(inspector, asOf, checkUntil) : undefined
    if (content !== undefined) inPost.push({ inspector: { ...inspector, unitId }, content })
  }
  const regions = trainingRegions(inPost.map(({ inspector }) => inspector))
  const trained = trainedOnly ? trainedAt(await trainings.heldBy(regions, { to: chinaDateOf(asOf) }), asOf) : undefined
  return inPost
    .filter(({ inspector }) => trained === undefined || trained.has(inspector.inspectorId))
    .map(({ inspector, content }) => ({ ...blind(inspector.inspectorId), inspector, content }))
    .sort((a, b) => (a.label < b.label ? -1 : 1))
}
