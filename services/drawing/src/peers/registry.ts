import { unitKinds } from '@dual-random/contracts'
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
import type { FreezeOrder, Registry, RosterPart } from '../app/ports.ts'
import type { StaleSource } from '../domain/draw.ts'
import type { Candidate, Needs } from '../domain/match-files.ts'

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
    async *roster(drawId, firstEntry): AsyncGenerator<RosterPart> {
      const request = { drawId, includeExcluded: true, firstEntry }
      for await (const { entries, attestation } of client.stream('streamRoster', request, await context())) {
        const part = { entries: entries.map(({ label, stratum, excluded }) => ({ label, stratum, excluded })) }
        yield attestation === undefined ? part : { ...part, attestation }
      }
    },
    matchInputs: async (drawId, labels, itemCodes) => {
      const candidates: Candidate[] = []
      const needs: Needs[] = []
      const request = { drawId, labels: [...labels], itemCodes: [...itemCodes] }
      for await (const part of client.stream('streamMatchInputs', request, await context())) {
        candidates.push(...part.inspectors.map(candidateOf))
        needs.push(...part.objects.map(needsOf))
      }
      return { candidates, needs }
    },
    openings: async (drawId, labels) => {
      const openings = []
      const request = { drawId, objectLabels: [...labels], inspectorLabels: [] }
      for await (const { objects } of client.stream('streamOpenings', request, await context()))
        openings.push(...objects.map(({ label, objectCode, salt, drawnSalt }) => ({ label, id: objectCode, salt, drawnSalt })))
      return openings
    },
    countEnterprises: async (draws) => {
      const request = { draws: draws.map(({ drawId, labels }) => ({ drawId, labels: [...labels] })) }
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

function freezeRequestOf({ request, asOf, byGrade, earlierDraws }: FreezeOrder) {
  const { drawId, regionCode, batch, attempt, line } = request
  return {
    drawId,
    regionCode,
    planId: line.planId,
    lineId: line.lineId,
    batch,
    attempt,
    asOf,
    itemCodes: [...line.itemCodes],
    byGrade,
    earlierDraws: earlierDraws.map((earlier) => ({ drawId: earlier.drawId, labels: [...earlier.labels] })),
    matchingUnitIds: line.units.map(({ unitId }) => unitId),
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

const needsOf = ({ label, specialities, recusedInspectorLabels, recusalGrounds }: ObjectNeeds): Needs => ({
  label,
  specialities,
  recusals: recusedInspectorLabels.map((inspector, index) => ({ inspector, ground: recusalGrounds[index] ?? '' })),
})
