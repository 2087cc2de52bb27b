import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseMatchInput } from '../src/domain/match-files.ts'
import type { DrawBody } from '../src/http/schemas.ts'
import { creditCodes, type Deployment, type ServiceName, startDeployment } from './support/deployment.ts'
import { bureau } from './support/harness.ts'

interface Task {
  readonly taskId: string
  readonly supervisionMode: string
  readonly object: { readonly code: string }
  readonly items: readonly { readonly itemCode: string }[]
  readonly team: { readonly members: readonly { readonly inspectorId: string; readonly subject: string }[] }
}

/** Inspection records a check without a draw, registry keeps who made it, drawing writes them into the unit's file, and others are matched. */
describe('the whole way of those who checked an object last', () => {
  let deployment: Deployment
  let inspectors: readonly { readonly inspectorId: string }[]
  let drawId: string
  const [code = ''] = creditCodes

  const patient = { timeoutMs: 120_000 }
  const post = async <T>(service: ServiceName, role: string, path: string, body: object, subject?: string): Promise<T> =>
    eventually(async () => {
      const answer = await (await deployment.as(service, [role], subject === undefined ? {} : { subject })).post<T>(path, body)
      if (answer.status > 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
      return answer.body
    }, patient)
  const listOf = async <T>(service: ServiceName, role: string, path: string): Promise<readonly T[]> =>
    (await (await deployment.as(service, [role])).get<{ readonly items: readonly T[] }>(path)).body.items

  beforeAll(async () => {
    deployment = await startDeployment({ realPlanning: true })
    await deployment.start('inspection')
    await deployment.moveTo('2026-02-24T01:00:00.000Z')
  }, 400_000)
  afterAll(() => deployment?.dispose(), 60_000)

  it('TGT-12 INS-06 two of four inspectors check an object, and registry hears of it', async () => {
    const [object] = await listOf<{ objectId: string }>('registry', 'REGISTRY_CLERK', `/v1/objects?objectCode=${code}`)
    inspectors = await listOf('registry', 'REGISTRY_CLERK', '/v1/inspectors')
    expect(inspectors).toHaveLength(4)
    const inspectorIds = inspectors.slice(0, 2).map(({ inspectorId }) => inspectorId)
    const task = await post<Task>('inspection', 'DISPATCHER', '/v1/tasks', {
      taskName: '投诉核查',
      objectId: object?.objectId,
      window: { start: '2026-02-24', end: '2026-02-28' },
      itemCodes: ['SP-01'],
      inspectorIds,
      leaderId: inspectorIds[0],
      opening: { ground: 'CLUE', source: 'COMPLAINT', reference: '12315-1' },
    })
    const result = {
      itemCode: 'SP-01',
      methods: ['ON_SITE'],
      recordForm: { form: '示例检查表/2026', entries: [{ point: '检查要点', finding: '已核查' }] },
      resultType: 'NO_PROBLEM',
    }
    await post('inspection', 'INSPECTOR', `/v1/tasks/${task.taskId}/results`, result, task.team.members[0]?.subject ?? '')
    await eventually(async () => expect(await listOf('registry', 'OPERATOR', '/v1/result-deliveries')).toHaveLength(1), patient)
  }, 300_000)

  it('POL-01 the next draw of that object matches the other two, under a policy that prefers others', async () => {
    const clue = { source: 'COMPLAINT', receivedAt: '2026-02-23T06:00:00.000Z', matter: '反映餐饮店使用过期原料', industry: 'H6210' }
    const clues = [
      await post<{ clueId: string }>('planning', 'PLANNER', '/v1/clues', clue),
      await post<{ clueId: string }>('planning', 'PLANNER', '/v1/clues', clue),
    ]
    const { taskId } = await post<{ taskId: string }>('planning', 'PLANNER', '/v1/clue-tasks', {
      clueIds: clues.map(({ clueId }) => clueId).sort(),
      trigger: 'MANY_COMPLAINTS',
      ground: '二月餐饮投诉集中',
      scope: { industryPrefixes: ['H62'], regionCodes: ['230302'] },
      taskName: '餐饮定向抽查',
      itemCodes: ['SP-01'],
      count: creditCodes.length,
      units: [{ unitId: bureau, selection: { mode: 'BUREAU_WIDE', ground: 'STAFFING' } }],
      window: { start: '2026-03-01', end: '2026-06-30' },
    })
    await post('planning', 'PLANNER', `/v1/clue-tasks/${taskId}/accept`, {})
    await deployment.moveTo('2026-03-02T01:10:30.000Z')
    drawId = (await post<DrawBody>('drawing', 'DRAW_ORGANISER', '/v1/draws', { clueTaskId: taskId })).drawId
    const { commitment } = await post<DrawBody>('drawing', 'DRAW_ORGANISER', `/v1/draws/${drawId}/commit`, {})
    await deployment.moveTo(commitment?.roundAt ?? '')
    expect(await post('drawing', 'DRAW_ORGANISER', `/v1/draws/${drawId}/run`, {})).toMatchObject({ status: 'MATCHED' })

    const teams = await eventually(async () => {
      const tasks = (await listOf<Task & { drawId?: string }>('inspection', 'DISPATCHER', '/v1/tasks?limit=100')).filter(
        (task) => task.drawId === drawId,
      )
      expect(tasks).toHaveLength(creditCodes.length)
      return new Map(tasks.map(({ object, team }) => [object.code, team.members.map(({ inspectorId }) => inspectorId).sort()]))
    }, patient)
    const others = inspectors.slice(2).map(({ inspectorId }) => inspectorId)
    expect(teams.get(code)).toEqual([...others].sort())
    expect(new Set([...teams.values()].flat()).size).toBe(4)
  }, 400_000)

  it('DRW-31 POL-01 the private file that S has by its digest says whom it avoids, at that object alone', async () => {
    const token = await deployment.scope.issuer.token({
      subject: 'auditor',
      unitId: '230000-scj',
      regionCode: '230000',
      roles: ['AUDITOR'],
    })
    const path = `${deployment.url('drawing')}/v1/draws/${drawId}/match-inputs/${bureau}`
    const file = parseMatchInput(await (await fetch(path, { headers: { authorization: `Bearer ${token}` } })).text())
    const labels = new Map(file.inspectors.map(({ id, label }) => [id, label]))
    const first = inspectors.slice(0, 2).map(({ inspectorId }) => labels.get(inspectorId) ?? '')
    expect(file.lastInspector).toBe('prefer')
    expect(file.objects.map(({ lastInspectors }) => lastInspectors).filter(({ length }) => length > 0)).toEqual([[...first].sort()])
  }, 60_000)
})
