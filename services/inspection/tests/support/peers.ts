import { createVerifier } from '@dual-random/auth'
import { DrawingServiceService } from '@dual-random/contracts/drawing'
import { type GetUndrawnLineResponse, type KeptClue, PlanningServiceService } from '@dual-random/contracts/planning'
import { type DescribeCheckTargetResponse, RegistryServiceService } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import { createGrpcServer, implement } from '@dual-random/grpc'
import { canonicalJson } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { policyAnswer, startPeer, type TokenIssuer } from '@dual-random/testkit'
import { city, type TestDraw } from './draws.ts'

export interface Peers {
  /** Planning, drawing and registry all listen here. */
  readonly address: string
  add(...draws: readonly TestDraw[]): void
  /** The call of `streamOpenings` with that number (from 1) waits for the promise. */
  holdOpenings(call: number, until: Promise<void>): void
  readonly openingsAsked: () => number
  /** Whose own openings were asked for, and by whom. */
  readonly objectOpenings: {
    readonly drawId: string
    readonly objectId: string
    readonly regionCode: string | undefined
    readonly by: string
  }[]
  /** Who may be engaged, and for what they are. */
  readonly institutions: Map<string, { readonly kind: string; readonly name: string; readonly fields: readonly string[] }>
  /** Engagements of registry: open ones have no end. */
  readonly engagements: Map<string, { readonly taskId: string; readonly by: string; ended: boolean }>
  /** Objects that may be checked without a draw, as registry describes them; inspectors are whoever is asked for. */
  readonly targets: Map<string, Omit<DescribeCheckTargetResponse, 'objectId' | 'inspectors'>>
  /** Lines without a draw as planning publishes them, or what it throws, by `<planId>/<lineId>`. */
  readonly undrawnLines: Map<string, GetUndrawnLineResponse | Error>
  /** Clues that planning keeps, by id. */
  readonly clues: Map<string, Omit<KeptClue, 'clueId'>>
  close(): Promise<void>
}

const perMessage = 500
const perCall = 5000

const roles = ['SERVICE'] as const

const { getPolicy, listCheckItems, streamOpenings, getObjectOpening, engageInstitution, endEngagement, describeCheckTarget } =
  RegistryServiceService
const { getDraw, streamAssignments } = DrawingServiceService

const names: Readonly<Record<string, string>> = {
  'SCJG-01': '营业执照规范使用情况的检查',
  'SCJG-02': '经营范围中无需审批的经营项目的检查',
  'XFJG-01': '公众聚集场所消防安全检查',
}

/** What inspection asks of planning, drawing and registry, on a real socket with every check of a server of ours. */
export async function startPeers(issuer: TokenIssuer, policy: Policy): Promise<Peers> {
  const draws = new Map<string, TestDraw>()
  const holds = new Map<number, Promise<void>>()
  const institutions: Peers['institutions'] = new Map()
  const engagements: Peers['engagements'] = new Map()
  const targets: Peers['targets'] = new Map()
  const undrawnLines: Peers['undrawnLines'] = new Map()
  const clues: Peers['clues'] = new Map()
  const objectOpenings: Peers['objectOpenings'] = []
  let asked = 0

  const drawOf = (drawId: string): TestDraw => {
    const found = draws.get(drawId)
    if (found === undefined) throw appError('not-found', 'not-found', { meta: { what: 'draw', id: drawId } })
    return found
  }

  const { getPlanLine, getUndrawnLine, getClueTask, getClues } = PlanningServiceService
  const planning = implement(
    { getPlanLine, getUndrawnLine, getClueTask, getClues },
    {
      getPlanLine: {
        roles,
        handle: async ({ planId, lineId }) => {
          const found = [...draws.values()].find(({ line }) => line.planId === planId && line.lineId === lineId)
          if (found === undefined) throw appError('not-found', 'line-not-in-plan', { meta: { lineId } })
          return found.line
        },
      },
      getUndrawnLine: {
        roles,
        handle: async ({ planId, lineId }) => {
          const found = undrawnLines.get(`${planId}/${lineId}`)
          if (found === undefined) throw appError('not-found', 'line-not-in-plan', { meta: { lineId } })
          if (found instanceof Error) throw found
          return found
        },
      },
      getClues: {
        roles,
        handle: async ({ clueIds }) => ({
          clues: clueIds.flatMap((clueId) => {
            const kept = clues.get(clueId)
            return kept === undefined ? [] : { clueId, ...kept }
          }),
        }),
      },
      getClueTask: {
        roles,
        handle: async ({ taskId }) => {
          const found = [...draws.values()].find(({ clueTask }) => clueTask?.taskId === taskId)
          if (found?.clueTask === undefined) throw appError('not-found', 'not-found', { meta: { what: '线索任务', id: taskId } })
          const { planId: _planId, lineId: _lineId, planVersion: _planVersion, lineDigest: subjectDigest, ...content } = found.line
          const { clueTask } = found
          return {
            clueTask: { taskId, clueIds: [...clueTask.clueIds] },
            trigger: 'MANY_COMPLAINTS',
            form: 'TARGETED_DRAW',
            ...content,
            subjectDigest,
            industryPrefixes: [],
            scopeRegionCodes: [],
          }
        },
      },
    },
  )
  const drawing = implement(
    { getDraw, streamAssignments },
    {
      getDraw: {
        roles,
        handle: async ({ drawId }) => {
          const { line, assignments, replaced = [] } = drawOf(drawId)
          const { planId, lineId, regionCode, initiatorUnitId: unitId } = line
          const drawn = assignments.length
          return { drawId, regionCode, unitId, planId, lineId, batch: 1, status: 'MATCHED', drawn, replaced: [...replaced] }
        },
      },
      streamAssignments: {
        roles,
        handle: async function* assignments({ drawId }) {
          const all = drawOf(drawId).assignments
          for (let start = 0; start < all.length; start += perMessage) yield { assignments: all.slice(start, start + perMessage) }
        },
      },
    },
  )
  const registry = implement(
    { getPolicy, listCheckItems, streamOpenings, getObjectOpening, engageInstitution, endEngagement, describeCheckTarget },
    {
      getPolicy: { roles, handle: async () => policyAnswer(policy) },
      listCheckItems: {
        roles,
        handle: async () => ({
          items: Object.entries(names).map(([code, name]) => ({
            code,
            name,
            itemClass: 'ITEM_CLASS_GENERAL' as const,
            fieldClass: 'FIELD_CLASS_GENERAL' as const,
            legalBasis: '示例依据',
            checkingBody: '示例部门',
            checkContent: '示例内容',
            checkMethod: '现场检查',
            keyGrounds: [],
            regionScope: [],
            specialities: [],
            applicability: { kinds: [], industryPrefixes: [], tags: [] },
            synthetic: true,
            listType: 'PLAN_TYPE_INTERNAL' as const,
          })),
        }),
      },
      engageInstitution: {
        roles: ['DISPATCHER'],
        handle: async ({ engagementId, institutionId, taskId, field }, { principal }) => {
          const found = institutions.get(institutionId)
          if (found === undefined) throw appError('not-found', 'not-found', { meta: { what: '机构或专家', id: institutionId } })
          if (!found.fields.includes(field)) throw appError('failed-precondition', 'field-not-agreed', { meta: { field } })
          if (!engagements.has(engagementId)) engagements.set(engagementId, { taskId, by: principal.subject, ended: false })
          return { kind: found.kind, name: found.name }
        },
      },
      describeCheckTarget: {
        roles: ['DISPATCHER'],
        optional: ['inspectorIds', 'dutyName'],
        handle: async ({ objectId, inspectorIds, dutyName }, { principal }) => {
          const listed = Object.entries(names).find(([, name]) => name === dutyName)
          if (listed !== undefined) throw appError('failed-precondition', 'duty-already-listed', { meta: { itemCode: listed[0] } })
          const found = targets.get(objectId)
          if (found === undefined) throw appError('not-found', 'not-found', { meta: { what: '检查对象', id: objectId } })
          const inspectors = inspectorIds.map((inspectorId) => ({
            inspectorId,
            name: inspectorId,
            unitId: principal.unitId,
            subject: `login-${inspectorId}`,
          }))
          return { objectId, ...found, inspectors }
        },
      },
      endEngagement: {
        roles: ['DISPATCHER'],
        handle: async ({ engagementId }) => {
          const found = engagements.get(engagementId)
          if (found === undefined) throw appError('not-found', 'not-found', { meta: { what: '委托', id: engagementId } })
          found.ended = true
          return {}
        },
      },
      getObjectOpening: {
        roles,
        optional: ['regionCode'],
        handle: async ({ drawId, objectId, regionCode }, { principal }) => {
          objectOpenings.push({ drawId, objectId, regionCode, by: principal.subject })
          const object = [...drawOf(drawId).objects.values()].find((each) => each.objectId === objectId)
          if (object === undefined) throw appError('not-found', 'opening-not-mapped', { meta: { drawId } })
          const { objectCode: id, label, salt } = object
          const opening = { drawId, id, index: 0, label, path: [], salt, size: 1, stratum: 'C', type: 'dual-random/opening/v1' }
          return { openingJson: canonicalJson(opening) }
        },
      },
      streamOpenings: {
        roles,
        optional: ['objectLabels', 'inspectorLabels', 'regionCode'],
        handle: async function* openings({ drawId, regionCode, objectLabels, inspectorLabels }) {
          if (objectLabels.length > perCall || inspectorLabels.length > perCall) throw new Error('more labels than a call may have')
          await holds.get(++asked)
          const { objects, inspectors, regionOf } = drawOf(drawId)
          // As registry does: a city's key opens the labels of that city alone.
          const there = (label: string): boolean => regionOf === undefined || regionOf(label) === (regionCode ?? city)
          yield {
            objects: objectLabels.filter(there).flatMap((label) => objects.get(label) ?? []),
            inspectors: inspectorLabels.filter(there).flatMap((label) => inspectors.get(label) ?? []),
          }
        },
      },
    },
  )
  const server = await startPeer({ createGrpcServer, createVerifier }, 'peers', issuer, [planning, drawing, registry])
  return {
    ...server,
    institutions,
    engagements,
    targets,
    undrawnLines,
    clues,
    objectOpenings,
    add: (...added) => {
      for (const draw of added) draws.set(draw.drawId, draw)
    },
    holdOpenings: (call, until) => void holds.set(call, until),
    openingsAsked: () => asked,
  }
}
