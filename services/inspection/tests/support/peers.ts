import { createVerifier } from '@dual-random/auth'
import { DrawingServiceService } from '@dual-random/contracts/drawing'
import { PlanningServiceService } from '@dual-random/contracts/planning'
import { RegistryServiceService } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import { createGrpcServer, implement } from '@dual-random/grpc'
import type { Policy } from '@dual-random/policy'
import { policyAnswer, startPeer, type TokenIssuer } from '@dual-random/testkit'
import type { TestDraw } from './draws.ts'

export interface Peers {
  /** Planning, drawing and registry all listen here. */
  readonly address: string
  add(...draws: readonly TestDraw[]): void
  /** The call of `streamOpenings` with that number (from 1) waits for the promise. */
  holdOpenings(call: number, until: Promise<void>): void
  readonly openingsAsked: () => number
  close(): Promise<void>
}

const perMessage = 500
const perCall = 5000

const roles = ['SERVICE'] as const

const { getPolicy, listCheckItems, streamOpenings } = RegistryServiceService
const { streamAssignments } = DrawingServiceService

const names: Readonly<Record<string, string>> = {
  'SCJG-01': '营业执照规范使用情况的检查',
  'SCJG-02': '经营范围中无需审批的经营项目的检查',
  'XFJG-01': '公众聚集场所消防安全检查',
}

/** What inspection asks of planning, drawing and registry, on a real socket with every check of a server of ours. */
export async function startPeers(issuer: TokenIssuer, policy: Policy): Promise<Peers> {
  const draws = new Map<string, TestDraw>()
  const holds = new Map<number, Promise<void>>()
  let asked = 0

  const drawOf = (drawId: string): TestDraw => {
    const found = draws.get(drawId)
    if (found === undefined) throw appError('not-found', 'not-found', { meta: { what: 'draw', id: drawId } })
    return found
  }

  const planning = implement(PlanningServiceService, {
    getPlanLine: {
      roles,
      handle: async ({ planId, lineId }) => {
        const found = [...draws.values()].find(({ line }) => line.planId === planId && line.lineId === lineId)
        if (found === undefined) throw appError('not-found', 'line-not-in-plan', { meta: { lineId } })
        return found.line
      },
    },
  })
  const drawing = implement(
    { streamAssignments },
    {
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
    { getPolicy, listCheckItems, streamOpenings },
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
      streamOpenings: {
        roles,
        optional: ['objectLabels', 'inspectorLabels'],
        handle: async function* openings({ drawId, objectLabels, inspectorLabels }) {
          if (objectLabels.length > perCall || inspectorLabels.length > perCall) throw new Error('more labels than a call may have')
          await holds.get(++asked)
          const { objects, inspectors } = drawOf(drawId)
          yield {
            objects: objectLabels.flatMap((label) => objects.get(label) ?? []),
            inspectors: inspectorLabels.flatMap((label) => inspectors.get(label) ?? []),
          }
        },
      },
    },
  )
  const server = await startPeer({ createGrpcServer, createVerifier }, 'peers', issuer, [planning, drawing, registry])
  return {
    ...server,
    add: (...added) => {
      for (const draw of added) draws.set(draw.drawId, draw)
    },
    holdOpenings: (call, until) => void holds.set(call, until),
    openingsAsked: () => asked,
  }
}
