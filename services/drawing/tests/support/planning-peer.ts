import { createVerifier } from '@dual-random/auth'
import {
  fieldClasses,
  itemClasses,
  type ObjectKindName,
  objectKinds,
  planTypes,
  type SelectionModeName,
  selectionModes,
} from '@dual-random/contracts'
import { type GetClueTaskResponse, type GetPlanLineResponse, PlanningServiceService } from '@dual-random/contracts/planning'
import { appError } from '@dual-random/errors'
import { createGrpcServer, implement } from '@dual-random/grpc'
import { startPeer, type TokenIssuer } from '@dual-random/testkit'
import type { AcceptedClueTask, DrawableLine, LineScope, PublishedLine } from '../../src/domain/plan-line.ts'

const { getPlanLine, getClueTask, getClues } = PlanningServiceService

/** Planning as drawing sees it: the lines of published plans, and accepted tasks on clues. */
export class PlanningPeer {
  readonly lines = new Map<string, PublishedLine>()
  readonly clueTasks = new Map<string, AcceptedClueTask>()
  readonly callers: string[] = []
  /** Thrown instead of an answer. */
  refusal: Error | undefined
  #close: () => Promise<void> = async () => undefined

  publish(...lines: readonly PublishedLine[]): void {
    for (const line of lines) this.lines.set(`${line.planId}/${line.lineId}`, line)
  }

  async start(issuer: TokenIssuer): Promise<string> {
    const implementation = implement(
      { getPlanLine, getClueTask, getClues },
      {
        // It keeps none: those that a check names are of other registers.
        getClues: { roles: ['SERVICE'], handle: async () => ({ clues: [] }) },
        getPlanLine: {
          roles: ['SERVICE', 'DRAW_ORGANISER'],
          handle: async ({ planId, lineId }, { principal }) => {
            this.callers.push(principal.subject)
            if (this.refusal !== undefined) throw this.refusal
            const line = this.lines.get(`${planId}/${lineId}`)
            if (line === undefined) throw appError('not-found', 'line-not-in-plan', { meta: { lineId } })
            return messageOf(line)
          },
        },
        getClueTask: {
          roles: ['SERVICE', 'DRAW_ORGANISER'],
          handle: async ({ taskId }, { principal }) => {
            this.callers.push(principal.subject)
            if (this.refusal !== undefined) throw this.refusal
            const task = this.clueTasks.get(taskId)
            if (task === undefined) throw appError('not-found', 'not-found', { meta: { what: '线索任务', id: taskId } })
            return clueTaskMessage(task)
          },
        },
      },
    )
    const server = await startPeer({ createGrpcServer, createVerifier }, 'planning', issuer, [implementation])
    this.#close = server.close
    return server.address
  }

  close(): Promise<void> {
    return this.#close()
  }
}

export const messageOf = (line: PublishedLine): GetPlanLineResponse => ({
  planId: line.planId,
  lineId: line.lineId,
  planVersion: line.planVersion,
  ...contentOf(line),
  ...(line.joint === undefined
    ? {}
    : { joint: { merged: line.joint.merged, cities: line.joint.cities.map((city) => ({ ...city, unitIds: [...city.unitIds] })) } }),
  ...scopeMember(line.scope),
  ...(line.checkBatches === undefined ? {} : { checkBatches: line.checkBatches }),
  lineDigest: line.lineDigest,
})

const scopeMember = (scope: LineScope | undefined) =>
  scope === undefined
    ? {}
    : {
        scope: {
          kinds: scope.kinds.map((kind) => objectKinds.toWire(kind as ObjectKindName)),
          industryPrefixes: [...scope.industryPrefixes],
          tags: [...scope.tags],
          regionCodes: [...scope.regionCodes],
        },
      }

const clueTaskMessage = ({ clueTask, ...task }: AcceptedClueTask): GetClueTaskResponse => ({
  clueTask: { taskId: clueTask.taskId, clueIds: [...clueTask.clueIds] },
  trigger: clueTask.trigger,
  form: clueTask.form,
  ...contentOf({ clueTask, ...task }),
  subjectDigest: task.lineDigest,
  industryPrefixes: [...clueTask.scope.industryPrefixes],
  scopeRegionCodes: [...clueTask.scope.regionCodes],
})

const contentOf = (line: DrawableLine) => ({
  regionCode: line.regionCode,
  unitId: line.planUnitId ?? line.initiatorUnitId,
  year: line.year,
  planType: planTypes.toWire(line.planType ?? 'INTERNAL'),
  ...(line.repeatGround === undefined ? {} : { repeatGround: line.repeatGround }),
  taskName: line.taskName,
  itemCodes: [...line.itemCodes],
  itemClass: itemClasses.toWire(line.itemClass),
  fieldClass: fieldClasses.toWire(line.fieldClass),
  ratios: line.quantity.kind === 'ratios' ? line.quantity.ratios.map(({ stratum, ratio }) => ({ stratum, ratio })) : [],
  ...(line.quantity.kind === 'count' ? { count: line.quantity.count } : {}),
  batches: line.batches.map(({ scope, ...batch }) => ({
    ...batch,
    ...scopeMember(scope),
    mergeWindowId: `${line.regionCode}-${line.year}-W0${batch.number}`,
  })),
  initiatorUnitId: line.initiatorUnitId,
  units: line.units.map(({ unitId, itemCodes, teamSize, mode, ground, stationUnitIds, delegatedTo, delegatedRegionCode }) => ({
    unitId,
    itemCodes: [...itemCodes],
    teamSize,
    ...(selectionModes.all.some((name) => name === mode)
      ? { selectionMode: selectionModes.toWire(mode as SelectionModeName) }
      : { selectionMode: 'SELECTION_MODE_UNSPECIFIED' as const, furtherMode: mode }),
    stationUnitIds: [...stationUnitIds],
    selectionGround: ground,
    ...(delegatedTo === undefined
      ? {}
      : { delegation: { toUnitId: delegatedTo, toRegionCode: delegatedRegionCode ?? '230302', kind: 'SUBORDINATE' } }),
  })),
  policy: { preset: 'local/four-coal-cities', version: '1' },
  policyDigest: 'f'.repeat(64),
})
