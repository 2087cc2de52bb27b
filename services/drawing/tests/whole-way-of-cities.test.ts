import { createHash } from 'node:crypto'
import type { Commitment } from '@dual-random/draw'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DrawBody } from '../src/http/schemas.ts'
import { verifyCities } from './support/bundle.ts'
import { creditCodes, type Deployment, startDeployment } from './support/deployment.ts'
import { bureau, regionCode } from './support/harness.ts'

const other = '230400'
const theirs = `${other}-scj`
const superior = '230000-scj'

interface Task {
  readonly taskId: string
  readonly object: { readonly code: string }
  readonly team: { readonly members: readonly { readonly unitId: string }[] }
}

/** One city plans, another draws along: planning names the cities, each registry freezes its pool, drawing draws under both logs' witnesses, inspection checks in both. */
describe('the whole way of two cities', () => {
  let deployment: Deployment
  let planId: string
  let lineId: string
  let drawId: string

  const patient = { timeoutMs: 120_000 }
  const post = async <T>(service: 'planning' | 'drawing', role: string, path: string, body: object, unitId = bureau): Promise<T> =>
    eventually(async () => {
      const answer = await (await deployment.as(service, [role], { unitId })).post<T>(path, body)
      if (answer.status > 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
      return answer.body
    }, patient)

  beforeAll(async () => {
    deployment = await startDeployment({ realPlanning: true, otherRegions: [other] })
    await deployment.start('inspection')
    await deployment.moveTo('2026-02-24T01:00:00.000Z')
  }, 400_000)
  afterAll(() => deployment?.dispose(), 60_000)

  it('DRW-26 XRG-04 the plan of one city names the other, with its unit and its items', async () => {
    const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
    planId = (await post<{ planId: string }>('planning', 'PLANNER', '/v1/plans', { year: 2026, planType: 'INTERNAL', selection })).planId
    const line = {
      taskName: '餐饮服务跨区域联合抽查',
      itemCodes: ['SP-01'],
      ratios: [{ stratum: 'A', ratio: '25%' }, ...['B', 'C', 'D', 'UNGRADED'].map((stratum) => ({ stratum, ratio: '100%' }))],
      window: { start: '2026-03-01', end: '2026-06-30' },
      units: [{ unitId: bureau }, { unitId: theirs }],
      joint: { cities: [{ regionCode: other }] },
    }
    const added = await post<{ lines: readonly { lineId: string }[] }>('planning', 'PLANNER', `/v1/plans/${planId}/lines`, {
      lines: [line],
    })
    lineId = added.lines[0]?.lineId ?? ''
    const filed = await post<object>('planning', 'PLANNER', `/v1/plans/${planId}/file`, {})
    expect(filed).toMatchObject({
      filing: {
        figures: { lines: [{ mapped: creditCodes.length, planned: 3, elsewhere: [{ regionCode: other, mapped: 12, planned: 3 }] }] },
      },
    })
    await post('planning', 'FILING_REVIEWER', `/v1/plans/${planId}/accept`, {}, superior)
    expect(await post('planning', 'PLANNER', `/v1/plans/${planId}/publish`, {})).toMatchObject({ state: 'PUBLISHED' })
  }, 200_000)

  it('DRW-26 is frozen by both registries, committed under both logs and matched city by city', async () => {
    await deployment.moveTo('2026-03-02T01:10:30.000Z')
    const frozen = await post<DrawBody>('drawing', 'DRAW_ORGANISER', '/v1/draws', { planId, lineId, batch: 1 })
    drawId = frozen.drawId
    const { commitment, strata } = await post<DrawBody>('drawing', 'DRAW_ORGANISER', `/v1/draws/${drawId}/commit`, {})
    expect(strata).toMatchObject([
      { stratum: `${regionCode}/A`, mapped: 12, drawn: 3 },
      { stratum: `${other}/A`, mapped: 12, drawn: 3 },
    ])
    const s = JSON.parse(await deployment.text(`/v1/public/draws/${drawId}/commitment`)) as Commitment
    expect(s.joint).toMatchObject({ merged: false, parts: [{ snapshot: { regionCode: other } }] })
    const published = await (await fetch(`${deployment.url('planning')}/v1/public/plans/${planId}/lines/${lineId}`)).text()
    expect(createHash('sha256').update(published).digest('hex')).toBe(s.subjectDigest)
    await deployment.moveTo(commitment?.roundAt ?? '')
    expect(await post('drawing', 'DRAW_ORGANISER', `/v1/draws/${drawId}/run`, {})).toMatchObject({ status: 'MATCHED' })
  }, 300_000)

  it('DRW-26 SEC-02 XRG-09 each city has the tasks at its own objects, with teams of its own inspectors', async () => {
    const tasksOf = async (unitId: string): Promise<readonly Task[]> => {
      const dispatcher = await deployment.as('inspection', ['DISPATCHER'], { unitId })
      return (await dispatcher.get<{ readonly items: readonly Task[] }>('/v1/tasks')).body.items
    }
    const [own, others] = await eventually(async () => {
      const both = [await tasksOf(bureau), await tasksOf(theirs)] as const
      expect(both.map((tasks) => tasks.length)).toEqual([3, 3])
      return both
    }, patient)
    for (const [tasks, region, isOwn] of [[own, regionCode, true] as const, [others, other, false] as const]) {
      for (const { object, team } of tasks) {
        expect(creditCodes.includes(object.code)).toBe(isOwn)
        expect(team.members.length).toBeGreaterThan(0)
        for (const { unitId } of team.members) expect(unitId.slice(0, 6)).toBe(region)
      }
    }
  }, 200_000)

  it('DRW-26 DRW-31 its public files pass all three verifiers with the keys of both cities', async () => {
    const found = await verifyCities(deployment.url('drawing'), drawId, [regionCode, other], deployment.keysFiles)
    for (const [verifier, { exitCode, output }] of Object.entries(found)) {
      expect([verifier, exitCode, output.includes('MATCH')], output).toEqual([verifier, 0, true])
    }
  }, 200_000)
})
