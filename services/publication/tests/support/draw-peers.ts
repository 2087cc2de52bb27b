import { createVerifier } from '@dual-random/auth'
import { DrawingServiceService } from '@dual-random/contracts/drawing'
import { type GetPublishedPlanResponse, type LineCity, PlanningServiceService } from '@dual-random/contracts/planning'
import { RegistryServiceService } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import { createGrpcServer, type GrpcImplementation, implement } from '@dual-random/grpc'
import { type PeerServer, startPeer, type TokenIssuer } from '@dual-random/testkit'
import { city, unit } from './ids.ts'

export interface PeerObject {
  readonly objectId: string
  readonly code: string
  readonly name: string
  /** Of a draw of several cities: whose it is. */
  readonly regionCode?: string
}

export interface DrawPeers extends PeerServer {
  /** Registry's openings, for whoever serves as registry. */
  readonly openings: GrpcImplementation
  drew(drawId: string, objects: readonly PeerObject[]): void
  /** The cities that draw beside the organiser's for the lines of a plan. */
  joined(planId: string, cities: readonly LineCity[]): void
  /** The version of a plan that is in force; asked for it before, planning has none. */
  published(plan: GetPublishedPlanResponse): void
  /** What a redraw replaced of an earlier draw. */
  replaced(redrawId: string, drawId: string, objectId: string): void
  /** How many labels have been opened. */
  readonly opened: () => number
}

const labelOf = (drawId: string, objectId: string): string => `label-${drawId}-${objectId}`

/** What lines and tasks on clues have alike. */
const content = {
  regionCode: city,
  unitId: unit,
  year: 2026,
  planType: 'PLAN_TYPE_INTERNAL' as const,
  taskName: '营业执照规范使用情况的检查',
  itemCodes: ['SCJG-01'],
  itemClass: 'ITEM_CLASS_GENERAL' as const,
  fieldClass: 'FIELD_CLASS_GENERAL' as const,
  ratios: [],
  batches: [],
  initiatorUnitId: unit,
  units: [],
  policy: { preset: 'local/four-coal-cities', version: '1' },
  policyDigest: 'f'.repeat(64),
}

/** Planning's line, drawing's assignments and redraws on one real socket, and registry's openings of the same labels. */
export async function drawPeers(issuer: TokenIssuer): Promise<DrawPeers> {
  const draws = new Map<string, readonly PeerObject[]>()
  const replacements = new Map<string, { readonly label: string; readonly drawId: string }>()
  const joint = new Map<string, readonly LineCity[]>()
  const plans = new Map<string, GetPublishedPlanResponse>()
  let opened = 0
  const { getPlanLine, getClueTask, getPublishedPlan } = PlanningServiceService
  const planning = implement(
    { getPlanLine, getClueTask, getPublishedPlan },
    {
      getPublishedPlan: {
        roles: ['SERVICE'],
        handle: async ({ planId }) => {
          const plan = plans.get(planId)
          if (plan === undefined) throw appError('failed-precondition', 'plan-not-published', { meta: { planId } })
          return plan
        },
      },
      getClueTask: {
        roles: ['SERVICE'],
        handle: async ({ taskId }) => ({
          clueTask: { taskId, clueIds: ['clue-1', 'clue-2'] },
          trigger: 'MANY_COMPLAINTS',
          form: 'TARGETED_DRAW',
          ...content,
          taskName: '预付卡经营者定向抽查',
          subjectDigest: 'e'.repeat(64),
          industryPrefixes: [],
          scopeRegionCodes: [],
        }),
      },
      getPlanLine: {
        roles: ['SERVICE'],
        handle: async ({ planId, lineId }) => {
          const cities = joint.get(planId)
          const line = { planId, lineId, planVersion: 1, ...content, lineDigest: 'e'.repeat(64) }
          return cities === undefined ? line : { ...line, joint: { merged: true, cities: [...cities] } }
        },
      },
    },
  )
  const { getDraw, streamAssignments } = DrawingServiceService
  const drawing = implement(
    { getDraw, streamAssignments },
    {
      getDraw: {
        roles: ['SERVICE'],
        handle: async ({ drawId }) => {
          const replaced = replacements.get(drawId)
          return {
            drawId,
            regionCode: city,
            unitId: unit,
            planId: 'plan-1',
            lineId: 'L01',
            batch: 1,
            status: 'MATCHED',
            drawn: 1,
            replaced: replaced === undefined ? [] : [replaced],
          }
        },
      },
      streamAssignments: {
        roles: ['SERVICE'],
        handle: async function* assignmentsOf({ drawId }) {
          yield {
            assignments: (draws.get(drawId) ?? []).map(({ objectId, regionCode }, index) => ({
              position: index + 1,
              label: labelOf(drawId, objectId),
              stratum: 'ALL',
              teams: [],
              leaderLabel: '',
              taskDrawId: drawId,
              ...(regionCode === undefined ? {} : { regionCode }),
            })),
          }
        },
      },
    },
  )
  const { streamOpenings } = RegistryServiceService
  const openings = implement(
    { streamOpenings },
    {
      streamOpenings: {
        roles: ['SERVICE'],
        optional: ['objectLabels', 'inspectorLabels', 'regionCode'],
        handle: async function* openingsOf({ drawId, regionCode: of, objectLabels }) {
          opened += objectLabels.length
          yield {
            inspectors: [],
            objects: (draws.get(drawId) ?? []).flatMap(({ objectId, code, name, regionCode }) => {
              const label = labelOf(drawId, objectId)
              // As registry does: a city's key opens the labels of that city alone, of a draw of one city its own whether or not it is named.
              if (!objectLabels.includes(label) || (regionCode ?? of) !== of) return []
              return [
                {
                  label,
                  objectId,
                  objectCode: code,
                  name,
                  kind: 'OBJECT_KIND_ENTERPRISE' as const,
                  address: '',
                  industry: 'F5211',
                  tags: [],
                  salt: 's',
                  drawnSalt: 's',
                  itemCodes: ['SCJG-01'],
                },
              ]
            }),
          }
        },
      },
    },
  )
  const server = await startPeer({ createGrpcServer, createVerifier }, 'drawing', issuer, [planning, drawing])
  return {
    ...server,
    openings,
    drew: (drawId, objects) => void draws.set(drawId, objects),
    joined: (planId, cities) => void joint.set(planId, cities),
    published: (plan) => void plans.set(plan.planId, plan),
    replaced: (redrawId, drawId, objectId) => void replacements.set(redrawId, { label: labelOf(drawId, objectId), drawId }),
    opened: () => opened,
  }
}
