import type { PlanningServiceClient } from '@dual-random/contracts/planning'
import type { RegistryServiceClient } from '@dual-random/contracts/registry'
import type { CallContext, GrpcClient } from '@dual-random/grpc'
import { describe, expect, it } from 'vitest'
import { clueTask, publishedLine, request } from '../../tests/fixtures.ts'
import { valueOf } from '../../tests/policy.ts'
import { messageOf } from '../../tests/support/planning-peer.ts'
import { type DrawableLine, drawLineOf, type LineScope, type PublishedLine } from '../domain/plan-line.ts'
import { planningPeer } from './planning.ts'
import { registryPeer } from './registry.ts'

const call = {} as CallContext

/** A line as it comes from planning, on the wire and back. */
const fromPlanning = (line: PublishedLine, members: object = {}) =>
  planningPeer({
    unary: async () => ({ ...messageOf(line), ...members }),
  } as unknown as GrpcClient<PlanningServiceClient>).line(line.planId, line.lineId, call)

/** What registry is asked to freeze for a line. */
async function frozenScope(line: DrawableLine): Promise<unknown> {
  const asked: { scope?: unknown }[] = []
  const client = {
    unary: async (_rpc: string, message: { scope?: unknown }) => {
      asked.push(message)
      return { snapshotJson: '{}', staleSources: [] }
    },
  } as unknown as GrpcClient<RegistryServiceClient>
  const registry = registryPeer(client, { policyOf: undefined as never, context: async () => call })
  const drawn = valueOf(drawLineOf(line, 1))
  const city = { regionCode: line.regionCode, itemCodes: line.itemCodes, units: line.units, initiatorUnitId: line.initiatorUnitId }
  await registry.freeze({ request: { ...request, line: drawn }, city, asOf: drawn.batch.freezeAt, byGrade: true, earlierDraws: [] })
  return asked[0]?.scope
}

describe('what a draw is narrowed to', () => {
  const scope: LineScope = { kinds: ['ENTERPRISE', 'PRODUCT'], industryPrefixes: ['H61'], tags: ['星级饭店'], regionCodes: ['230302'] }

  it('PLN-13 PLN-11 is the scope of the published line, whole; a line without one is drawn from all that its items apply to', async () => {
    const line = await fromPlanning({ ...publishedLine, scope })
    expect(line.scope).toEqual(scope)
    expect(await frozenScope(line)).toEqual({ ...scope, kinds: ['OBJECT_KIND_ENTERPRISE', 'OBJECT_KIND_PRODUCT'] })
    expect(await frozenScope(await fromPlanning(publishedLine))).toBeUndefined()
  })

  it('PLN-13 is refused where planning names a kind that is not known here: without it the draw would be wider', async () => {
    const unknown = { scope: { ...scope, kinds: ['UNRECOGNIZED'] } }
    await expect(fromPlanning(publishedLine, unknown)).rejects.toMatchObject({ code: 'peer-answer-incomplete' })
  })

  it('TGT-09 is that of the task on clues, where it names industries or regions', async () => {
    const none = { kinds: [], tags: [] }
    expect(await frozenScope(clueTask)).toEqual({ ...none, ...clueTask.clueTask.scope })
    const open = { ...clueTask, clueTask: { ...clueTask.clueTask, scope: { industryPrefixes: [], regionCodes: [] } } }
    expect(await frozenScope(open)).toBeUndefined()
  })
})

describe('what is put forward for drawing objects again', () => {
  const citation = { kind: 'LAW', text: '《食品安全法》第一百零九条' } as const

  it('CRD-07 CRD-09 is read of the line with its plan type, as it is', async () => {
    expect(await fromPlanning(publishedLine)).toMatchObject({ planType: 'INTERNAL', planUnitId: publishedLine.initiatorUnitId })
    for (const repeatGround of [{ reason: '必要时复查' }, { citation }, { reason: '必要时复查', citation }])
      expect((await fromPlanning({ ...publishedLine, repeatGround })).repeatGround).toEqual(repeatGround)
    expect(await fromPlanning(publishedLine)).not.toHaveProperty('repeatGround')
  })

  it('CRD-09 is refused where planning names a kind of citation that is not known here', async () => {
    for (const given of [
      { kind: 'NOTICE', text: '省局通知' },
      { ...citation, text: '' },
    ])
      await expect(fromPlanning(publishedLine, { repeatGround: { citation: given } })).rejects.toMatchObject({
        code: 'peer-answer-incomplete',
      })
  })
})
