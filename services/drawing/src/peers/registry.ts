import { objectKinds, planTypes, unitKinds, wirePurpose } from '@dual-random/contracts'
import type {
  InspectorCandidate,
  ObjectNeeds,
  RegistryServiceClient,
  StaleSource as StaleSourceMessage,
} from '@dual-random/contracts/registry'
import type { HomeKind } from '@dual-random/draw'
import type { CallContext, GrpcClient } from '@dual-random/grpc'
import { type Instant, parseLocalDate } from '@dual-random/kernel'
import type { PolicyReader } from '@dual-random/service'
import type { DrawnEarlier, DrawnLabels, FreezeOrder, RedrawFreezeOrder, Registry, RosterPart } from '../app/ports.ts'
import type { StaleSource } from '../domain/draw.ts'
import type { Candidate, Needs } from '../domain/match-files.ts'
import { type DrawLine, isJointCheck, matchingUnitOf } from '../domain/plan-line.ts'

/** Registry in the service's own name: `context` gives a call its deadline and this service's token. */
export function registryPeer(
  client: GrpcClient<RegistryServiceClient>,
  { policyOf, context }: { readonly policyOf: PolicyReader; readonly context: () => Promise<CallContext> },
): Registry {
  return {
    // A freeze keeps what it is told for the whole life of the draw, so no remembered answer will do.
    policy: (regionCode, at) => policyOf(regionCode, at, { maxAgeMs: 0 }),
    freeze: async (order) => {
      const { snapshotJson, staleSources } = await client.unary('freezeRoster', freezeRequestOf(order), await context())
      return { json: snapshotJson, staleSources: staleSources.map(staleSourceOf) }
    },
    freezeRedraw: async (order) => {
      const { snapshotJson, staleSources } = await client.unary('freezeRedraw', redrawRequestOf(order), await context())
      return { json: snapshotJson, staleSources: staleSources.map(staleSourceOf) }
    },
    async *roster(part, firstEntry): AsyncGenerator<RosterPart> {
      const request = { ...part, includeExcluded: true, firstEntry }
      for await (const { entries, attestation } of client.stream('streamRoster', request, await context())) {
        const read = { entries: entries.map(({ label, stratum, excluded }) => ({ label, stratum, excluded })) }
        yield attestation === undefined ? read : { ...read, attestation }
      }
    },
    matchInputs: async (asked, labels, itemCodes) => {
      const candidates: Candidate[] = []
      const needs: Needs[] = []
      const request = { ...asked, labels: [...labels], itemCodes: [...itemCodes] }
      for await (const part of client.stream('streamMatchInputs', request, await context())) {
        candidates.push(...part.inspectors.map(candidateOf))
        needs.push(...part.objects.map(needsOf))
      }
      return { candidates, needs }
    },
    openings: async (part, labels) => {
      const openings = []
      const request = { ...part, objectLabels: [...labels], inspectorLabels: [] }
      for await (const { objects } of client.stream('streamOpenings', request, await context()))
        openings.push(...objects.map(({ label, objectCode, salt, drawnSalt }) => ({ label, id: objectCode, salt, drawnSalt })))
      return openings
    },
    countEnterprises: async (draws) => {
      const request = { draws: draws.map(drawnMessage) }
      return (await client.unary('countDrawnEnterprises', request, await context())).enterprises
    },
  }
}

const staleSourceOf = ({ dataset, of, source, asOf, limitDays }: StaleSourceMessage): StaleSource => ({
  dataset,
  of,
  ...(source === undefined ? {} : { source }),
  ...(asOf === undefined ? {} : { asOf: asOf as Instant }),
  limitDays,
})

const drawnMessage = ({ labels, ...part }: DrawnLabels) => ({ ...part, labels: [...labels] })

const earlierMessage = ({ joint, tasks, ...drawn }: DrawnEarlier) => ({
  ...drawnMessage(drawn),
  ...(joint ? { joint } : {}),
  ...(tasks === undefined ? {} : { tasks: tasksMessage(tasks) }),
})

const tasksMessage = ({ positions, planType, subject, units, ...rest }: NonNullable<DrawnEarlier['tasks']>) => ({
  ...rest,
  positions: [...positions],
  planType: planTypes.toWire(planType),
  ...(subject.clueTask === undefined ? { lineId: subject.lineId } : { clueTaskId: subject.clueTask.taskId }),
  units: units.map(({ position, itemCodes }) => ({ position, itemCodes: [...itemCodes] })),
})

function freezeRequestOf({ request, city, asOf, byGrade, earlierDraws }: FreezeOrder) {
  const { drawId, batch, attempt, line } = request
  return {
    drawId,
    regionCode: city.regionCode,
    ...(line.joint === undefined ? {} : { organiserRegionCode: line.regionCode }),
    planId: line.planId ?? '',
    lineId: line.lineId ?? '',
    ...clueTaskOf(line),
    ...scopeOf(line),
    batch,
    attempt,
    asOf,
    itemCodes: [...city.itemCodes],
    byGrade,
    ...(isJointCheck(line) ? { joint: true } : {}),
    ...(line.repeatGround === undefined ? {} : { repeatGround: line.repeatGround }),
    earlierDraws: earlierDraws.map(earlierMessage),
    matchingUnitIds: city.units.map(matchingUnitOf),
    checkUntil: line.batch.window.end,
  }
}

/** A task on clues takes the place of plan and line. */
const clueTaskOf = ({ clueTask }: DrawLine) =>
  clueTask === undefined ? {} : { clueTask: { taskId: clueTask.taskId, clueIds: [...clueTask.clueIds] } }

/** What narrows the mapped set: the scope of a plan line, or the industries and regions of a task on clues, where it names some. */
function scopeOf({ clueTask, scope = clueTask && { kinds: [], tags: [], ...clueTask.scope } }: DrawLine) {
  if (scope === undefined) return {}
  const { kinds, industryPrefixes, tags, regionCodes } = scope
  if (kinds.length + industryPrefixes.length + tags.length + regionCodes.length === 0) return {}
  return {
    scope: {
      kinds: objectKinds.all.filter((kind) => kinds.includes(kind)).map((kind) => objectKinds.toWire(kind)),
      industryPrefixes: [...industryPrefixes],
      tags: [...tags],
      regionCodes: [...regionCodes],
    },
  }
}

function redrawRequestOf({ request, drawnLabels, earlierDraws }: RedrawFreezeOrder) {
  const { drawId, regionCode, batch, attempt, line, redraw } = request
  return {
    drawId,
    regionCode,
    parentDrawId: redraw.parentDrawId,
    purpose: wirePurpose(redraw.purpose),
    number: batch,
    attempt,
    asOf: line.batch.freezeAt,
    labels: redraw.places.map(({ label }) => label),
    drawnLabels: [...drawnLabels],
    earlierDraws: earlierDraws.map(earlierMessage),
    matchingUnitIds: line.units.map(matchingUnitOf),
    checkUntil: line.batch.window.end,
  }
}

/** Whoever serves in no station serves in the office: of a bureau or department as a whole too. */
const homeKindOf = (kind: InspectorCandidate['homeKind']): HomeKind => (unitKinds.toName(kind) === 'STATION' ? 'STATION' : 'OFFICE')

const candidateOf = (candidate: InspectorCandidate): Candidate => ({
  label: candidate.label,
  inspectorId: candidate.inspectorId,
  salt: candidate.salt,
  unitId: candidate.unitId,
  homeUnitId: candidate.homeUnitId,
  homeKind: homeKindOf(candidate.homeKind),
  specialities: candidate.specialities,
  validTo: parseLocalDate(candidate.qualificationValidTo) ?? null,
  hasRecusalScope: candidate.hasRecusalScope,
})

const needsOf = ({ label, specialities, recusedInspectorLabels, recusalGrounds, lastInspectorLabels }: ObjectNeeds): Needs => ({
  label,
  specialities,
  recusals: recusedInspectorLabels.map((inspector, index) => ({ inspector, ground: recusalGrounds[index] ?? '' })),
  lastInspectors: lastInspectorLabels,
})
