import { fieldClasses, itemClasses, objectKinds, planTypes, selectionModes } from '@dual-random/contracts'
import type { GetClueTaskResponse, GetPlanLineResponse, PlanningServiceClient, UnitItems } from '@dual-random/contracts/planning'
import { appError } from '@dual-random/errors'
import type { GrpcClient } from '@dual-random/grpc'
import {
  type Instant,
  type ItemCode,
  type LineId,
  type LocalDate,
  type PlanId,
  parseInstant,
  parseLocalDate,
  type RegionCode,
  type UnitId,
} from '@dual-random/kernel'
import { citationKinds } from '@dual-random/policy'
import type { Planning } from '../app/ports.ts'
import type { AcceptedClueTask, LineBatch, LineUnit, PublishedLine, Quantity } from '../domain/plan-line.ts'

export const planningPeer = (client: GrpcClient<PlanningServiceClient>): Planning => ({
  line: async (planId, lineId, call) => publishedLine(await client.unary('getPlanLine', { planId, lineId }, call)),
  clueTask: async (taskId, call) => acceptedClueTask(await client.unary('getClueTask', { taskId }, call)),
})

/** An answer without what a draw needs is of no use, whoever left it out. */
function required<T>(value: T | undefined, field: string): T {
  if (value === undefined || value === '') throw appError('internal', 'peer-answer-incomplete', { meta: { service: 'planning', field } })
  return value
}

const publishedLine = (line: GetPlanLineResponse): PublishedLine => ({
  planId: line.planId as PlanId,
  lineId: line.lineId as LineId,
  planVersion: line.planVersion,
  ...contentOf(line),
  ...jointOf(line),
  ...scopeOf(line),
  ...(line.checkBatches === undefined ? {} : { checkBatches: line.checkBatches }),
  lineDigest: required(line.lineDigest, 'lineDigest'),
})

function acceptedClueTask(task: GetClueTaskResponse): AcceptedClueTask {
  const { taskId, clueIds } = required(task.clueTask, 'clueTask')
  return {
    clueTask: {
      taskId: required(taskId, 'clueTask/taskId'),
      clueIds: required(clueIds.length > 0 ? clueIds : undefined, 'clueTask/clueIds'),
      trigger: required(task.trigger, 'trigger'),
      form: required(task.form, 'form'),
      scope: { industryPrefixes: task.industryPrefixes, regionCodes: task.scopeRegionCodes },
    },
    ...contentOf(task),
    lineDigest: required(task.subjectDigest, 'subjectDigest'),
  }
}

type Content = Pick<
  GetPlanLineResponse,
  | 'regionCode'
  | 'unitId'
  | 'planType'
  | 'repeatGround'
  | 'year'
  | 'taskName'
  | 'itemCodes'
  | 'itemClass'
  | 'fieldClass'
  | 'ratios'
  | 'count'
  | 'batches'
  | 'initiatorUnitId'
  | 'units'
>

function contentOf(line: Content) {
  return {
    regionCode: required(line.regionCode, 'regionCode') as RegionCode,
    planType: required(planTypes.toName(line.planType), 'planType'),
    planUnitId: required(line.unitId, 'unitId') as UnitId,
    year: line.year,
    taskName: line.taskName,
    itemCodes: line.itemCodes as readonly string[] as readonly ItemCode[],
    itemClass: required(itemClasses.toName(line.itemClass), 'itemClass'),
    fieldClass: required(fieldClasses.toName(line.fieldClass), 'fieldClass'),
    quantity: quantityOf(line),
    ...repeatGroundOf(line),
    batches: line.batches.map(batchOf),
    initiatorUnitId: required(line.initiatorUnitId, 'initiatorUnitId') as UnitId,
    units: line.units.map(unitOf),
  }
}

/** A kind that this service does not know is none that policy could except. */
function repeatGroundOf({ repeatGround }: Content): Pick<PublishedLine, 'repeatGround'> {
  if (repeatGround === undefined) return {}
  const { reason, citation } = repeatGround
  const kind =
    citation &&
    required(
      citationKinds.find((one) => one === citation.kind),
      'repeatGround/citation/kind',
    )
  return {
    repeatGround: {
      ...(reason === undefined ? {} : { reason }),
      ...(kind === undefined ? {} : { citation: { kind, text: required(citation?.text, 'repeatGround/citation/text') } }),
    },
  }
}

const jointOf = ({ joint }: GetPlanLineResponse): Pick<PublishedLine, 'joint'> =>
  joint === undefined
    ? {}
    : {
        joint: {
          merged: joint.merged,
          cities: joint.cities.map(({ regionCode, initiatorUnitId, unitIds }) => ({
            regionCode: required(regionCode, 'joint/cities/regionCode') as RegionCode,
            initiatorUnitId: required(initiatorUnitId, 'joint/cities/initiatorUnitId') as UnitId,
            unitIds: unitIds as readonly string[] as readonly UnitId[],
          })),
        },
      }

/** A kind that this service does not know would widen the draw if it were left out. */
const scopeOf = ({ scope }: Pick<GetPlanLineResponse, 'scope'>): Pick<PublishedLine, 'scope'> =>
  scope === undefined
    ? {}
    : {
        scope: {
          kinds: scope.kinds.map((kind) => required(objectKinds.toName(kind), 'scope/kinds')),
          industryPrefixes: scope.industryPrefixes,
          tags: scope.tags,
          regionCodes: scope.regionCodes,
        },
      }

const quantityOf = ({ count, ratios }: Pick<GetPlanLineResponse, 'count' | 'ratios'>): Quantity =>
  count === undefined
    ? { kind: 'ratios', ratios: ratios.map(({ stratum, ratio }) => ({ stratum, ratio: required(ratio, 'ratio') })) }
    : { kind: 'count', count }

const batchOf = ({ number, window, freezeAt, commitAt, share, scope }: GetPlanLineResponse['batches'][number]): LineBatch => ({
  number,
  window: { start: dateOf(window?.start), end: dateOf(window?.end) },
  freezeAt: instantOf(freezeAt, 'freezeAt'),
  commitAt: instantOf(commitAt, 'commitAt'),
  share: required(share, 'share'),
  ...scopeOf({ scope }),
})

const dateOf = (text: string | undefined): LocalDate => required(parseLocalDate(text ?? ''), 'window')

const instantOf = (text: string | undefined, field: string): Instant => required(parseInstant(text ?? ''), field)

const unitOf = ({ unitId, itemCodes, teamSize, stationUnitIds, selectionGround, delegation, ...mode }: UnitItems): LineUnit => ({
  unitId: required(unitId, 'units') as UnitId,
  itemCodes: itemCodes as readonly string[] as readonly ItemCode[],
  teamSize,
  mode: required(mode.furtherMode ?? selectionModes.toName(mode.selectionMode), 'selectionMode'),
  ground: required(selectionGround, 'selectionGround'),
  stationUnitIds: stationUnitIds as readonly string[] as readonly UnitId[],
  ...(delegation === undefined
    ? {}
    : {
        delegatedTo: required(delegation.toUnitId, 'delegation/toUnitId') as UnitId,
        delegatedRegionCode: delegation.toRegionCode as RegionCode,
      }),
})
