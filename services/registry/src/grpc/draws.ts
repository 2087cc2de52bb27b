import { requireRegion, servicePrincipal } from '@dual-random/auth'
import type { RegistryServiceService } from '@dual-random/contracts/registry'
import type { Handlers, ServerCall } from '@dual-random/grpc'
import { requireDrawn } from '../app/await-drawn.ts'
import { openDraw, requireDraw } from '../app/frozen-draw.ts'
import { drawIdOf } from '../app/frozen-id.ts'
import { matchInputs } from '../app/match-inputs.ts'
import { noticeOpening } from '../app/object-openings.ts'
import { openInspectors, openObjects } from '../app/openings.ts'
import type { FrozenDraw, SensitiveThing } from '../app/ports.ts'
import { putOnRecord } from '../app/put-on-record.ts'
import type { Registry } from '../app/registry.ts'
import { streamRoster } from '../app/roster-file.ts'
import { toCandidateMessage, toInspectorOpening, toNeedsMessage, toObjectOpening } from './messages.ts'
import { partField } from './request-fields.ts'
import { requireService } from './service-callers.ts'

type OfDraws = Pick<Handlers<RegistryServiceService>, 'streamRoster' | 'streamMatchInputs' | 'streamOpenings' | 'getObjectOpening'>

const perMessage = 500

/** Longer than an event is on its way, and shorter than callers wait. */
const drawnWithinMs = 2000

/** A draw, and of one of several cities whose part. */
interface DrawAsked {
  readonly drawId: string
  readonly regionCode: string | undefined
}

function* chunksOf<T>(all: readonly T[]): Generator<T[]> {
  for (let start = 0; start < all.length; start += perMessage) yield all.slice(start, start + perMessage)
}

export function drawRpcs(registry: Registry): OfDraws {
  const draw = async ({ drawId, regionCode }: DrawAsked, { principal }: ServerCall) => {
    const found = await requireDraw(registry.draws, drawId, partField(regionCode))
    requireRegion(principal, found.regionCode)
    return found
  }
  const onRecord = ({ principal, context }: ServerCall, found: FrozenDraw, what: SensitiveThing, count: number): Promise<void> =>
    putOnRecord(registry, { principal, traceId: context.traceId }, { what, target: drawIdOf(found), regionCode: found.regionCode, count })

  /** Drawing is the one that says what is drawn, and asks before it has said so; the others have it from drawing. */
  const requireConcern = async ({ principal }: ServerCall, found: FrozenDraw, inspectorLabels: readonly string[]): Promise<void> => {
    requireService(principal, inspectorLabels.length === 0 ? ['drawing', 'inspection', 'joint', 'publication'] : ['inspection'])
    if (principal.subject === servicePrincipal('drawing')) return
    await requireDrawn(registry.toldDraws, drawIdOf(found), { waitMs: drawnWithinMs })
  }

  return {
    streamRoster: {
      roles: ['DRAW_ORGANISER', 'AUDITOR', 'SERVICE'],
      optional: ['regionCode'],
      handle: async function* roster({ drawId, regionCode, ...query }, call) {
        const { attestation, entries } = streamRoster(registry.blobs, await draw({ drawId, regionCode }, call), query)
        yield { entries: [], attestation }
        for await (const some of entries) yield { entries: [...some] }
      },
    },
    streamMatchInputs: {
      roles: ['DRAW_ORGANISER', 'SERVICE'],
      optional: ['regionCode'],
      handle: async function* inputs({ drawId, regionCode, labels, itemCodes }, call) {
        const found = await draw({ drawId, regionCode }, call)
        const open = await openDraw(registry, found)
        await onRecord(call, found, 'match-inputs', labels.length)
        const { inspectors, needsOf } = await matchInputs(registry, open)
        const objects = await needsOf(labels, itemCodes)
        for (const some of chunksOf(inspectors)) yield { inspectors: some.map(toCandidateMessage), objects: [] }
        for (const some of chunksOf(objects)) yield { inspectors: [], objects: some.map(toNeedsMessage) }
      },
    },
    streamOpenings: {
      roles: ['SERVICE'],
      optional: ['regionCode'],
      handle: async function* openings({ drawId, regionCode, objectLabels, inspectorLabels }, call) {
        const found = await draw({ drawId, regionCode }, call)
        await requireConcern(call, found, inspectorLabels)
        const open = await openDraw(registry, found)
        await onRecord(call, found, 'openings', objectLabels.length + inspectorLabels.length)
        const objects = await openObjects(registry, open, objectLabels)
        const inspectors = await openInspectors(open, inspectorLabels)
        for (const some of chunksOf(objects)) yield { objects: some.map(toObjectOpening), inspectors: [] }
        for (const some of chunksOf(inspectors)) yield { objects: [], inspectors: some.map(toInspectorOpening) }
      },
    },
    getObjectOpening: {
      roles: ['SERVICE'],
      optional: ['regionCode'],
      handle: async ({ drawId, objectId, regionCode }, call) => {
        requireService(call.principal, ['inspection'])
        const found = await draw({ drawId, regionCode }, call)
        const openingJson = await noticeOpening(registry, found, objectId)
        await onRecord(call, found, 'object-opening', 1)
        return { openingJson }
      },
    },
  }
}
