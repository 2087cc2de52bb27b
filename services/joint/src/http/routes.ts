import { requireRegion } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import type { Clock, RegionCode } from '@dual-random/kernel'
import type { AggregateStore } from '@dual-random/mongo'
import { z } from 'zod'
import type { RecognisedRecords, SharedRecords } from '../app/ports.ts'
import { withdrawRecord } from '../app/withdraw-record.ts'
import { departmentStatus, type JointTask, type Progress, takesPart } from '../domain/joint-task.ts'

const regionCode = z.string().regex(/^[1-9]\d{5}$/)

const status = z.enum(['OPEN', 'COMPLETED'])

const participant = z.object({
  unitId: z.string(),
  itemCodes: z.array(z.string()),
  tasks: z.number().optional(),
  completedTasks: z.number().optional(),
  status: status.optional(),
})

const jointTask = z.object({
  jointTaskId: z.string(),
  regionCode,
  drawId: z.string(),
  planId: z.string().optional(),
  lineId: z.string().optional(),
  /** Of a targeted draw on clues, in the place of plan and line (DRW-25). */
  clueTask: z.object({ taskId: z.string(), clueIds: z.array(z.string()) }).optional(),
  taskName: z.string(),
  initiatorUnitId: z.string(),
  participants: z.array(participant),
  objectCount: z.number(),
  status,
})

const recognisedRecord = z.object({
  regionCode,
  recordId: z.string(),
  groupId: z.string(),
  issuingRegionCode: z.string(),
  kind: z.string(),
  objectCode: z.string(),
  objectName: z.string(),
  content: z.string(),
  issuedAt: z.string(),
  withdrawn: z.boolean(),
})

export interface RoutePorts {
  readonly jointTasks: Pick<AggregateStore<JointTask>, 'load' | 'find'>
  readonly progressOf: (task: JointTask) => Promise<Progress>
  readonly recognised: RecognisedRecords
  readonly records: SharedRecords
  readonly clock: Clock
}

export function jointRoutes(ports: RoutePorts): readonly Route[] {
  const readers = ['JOINT_COORDINATOR', 'PLANNER', 'DRAW_ORGANISER', 'INSPECTOR', 'EVALUATOR', 'AUDITOR', 'SERVICE'] as const
  return [
    route({
      method: 'GET',
      path: '/v1/joint-tasks',
      summary: '部门联合检查任务 / joint tasks of a region',
      roles: readers,
      query: z.object({ regionCode, ...pageQuery }),
      responses: { 200: pageOf(jointTask) },
      handler: async ({ principal, query }) => {
        requireRegion(principal, query.regionCode as RegionCode)
        const after = query.after === undefined ? {} : { _id: { $gt: query.after } }
        const ofRegion = { 'state.regionCode': query.regionCode }
        const ofUnit = { 'state.participants.unitId': principal.unitId }
        const wanted = query.regionCode === principal.regionCode ? { $or: [ofRegion, ofUnit] } : ofRegion
        const found = await ports.jointTasks.find({ ...wanted, ...after }, { limit: query.limit + 1 })
        return {
          status: 200,
          body: page(
            found.map(({ state }) => state),
            query.limit,
            (task) => task.jointTaskId,
          ),
        }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/joint-tasks/:jointTaskId',
      summary: '一个联合检查任务与各部门进度 / one joint task with each department’s progress',
      roles: readers,
      params: z.object({ jointTaskId: z.string() }),
      responses: { 200: jointTask },
      handler: async ({ principal, params }) => {
        const found = (await ports.jointTasks.load(params.jointTaskId))?.state
        if (found === undefined) throw appError('not-found', 'not-found', { meta: { what: 'joint task', id: params.jointTaskId } })
        // A county's department takes part in its city's joint task (SEC-02).
        if (!takesPart(found, principal.unitId)) requireRegion(principal, found.regionCode as RegionCode)
        const progress = await ports.progressOf(found)
        const participants = found.participants.map((each) => {
          const { tasks, completed } = progress.departments.get(each.unitId) ?? { tasks: 0, completed: 0 }
          return { ...each, tasks, completedTasks: completed, status: departmentStatus(found, progress, each.unitId) }
        })
        return { status: 200, body: { ...found, participants } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/recognised-records',
      summary: '互认的外地监管信息 / records of other regions recognised here',
      roles: readers,
      query: z.object({ regionCode, objectCode: z.string().max(64).optional(), ...pageQuery }),
      responses: { 200: pageOf(recognisedRecord) },
      handler: async ({ principal, query }) => {
        requireRegion(principal, query.regionCode as RegionCode)
        const found = await ports.recognised.find({
          regionCode: query.regionCode,
          limit: query.limit + 1,
          ...(query.objectCode === undefined ? {} : { objectCode: query.objectCode }),
          ...(query.after === undefined ? {} : { after: query.after }),
        })
        return { status: 200, body: page(found, query.limit, (record) => record.recordId) }
      },
    }),
    route({
      method: 'POST',
      path: '/v1/shared-records/:recordId/withdraw',
      summary: '撤回已共享的监管信息 / withdraw a shared record everywhere',
      roles: ['JOINT_COORDINATOR'],
      params: z.object({ recordId: z.string() }),
      body: z.object({ reason: z.string().min(1).max(500) }),
      responses: { 200: z.object({ recordId: z.string(), withdrawn: z.object({ reason: z.string(), at: z.string() }) }) },
      handler: async ({ principal, params, body }) => {
        const record = await withdrawRecord(ports, principal, { recordId: params.recordId, reason: body.reason })
        return { status: 200, body: { recordId: record.recordId, withdrawn: record.withdrawn } }
      },
    }),
  ]
}
