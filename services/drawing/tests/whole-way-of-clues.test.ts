import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Commitment } from '@dual-random/draw'
import { eventually } from '@dual-random/testkit'
import { keysFileText } from '@dual-random/witness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DrawBody } from '../src/http/schemas.ts'
import { savePublicFiles, verdicts } from './support/bundle.ts'
import { creditCodes, type Deployment, startDeployment } from './support/deployment.ts'
import { bureau, regionCode } from './support/harness.ts'

interface Clue {
  readonly clueId: string
  readonly status: string
  readonly check?: object
}
interface Task {
  readonly taskId: string
  readonly supervisionMode: string
  readonly clueTask?: object
  readonly object: { readonly code: string }
  readonly items: readonly { readonly itemCode: string }[]
  readonly team: { readonly members: readonly { readonly subject: string; readonly unitId: string }[] }
}

const matter = '反映餐饮店使用过期原料'

/** Clues enter planning, several make a task, registry freezes its scope, drawing draws under witnesses, inspection checks, and the clues are settled. */
describe('the whole way of clues', () => {
  let deployment: Deployment
  let clueIds: string[]
  let taskId: string
  let drawId: string
  let tasks: readonly Task[]

  const patient = { timeoutMs: 120_000 }
  const post = async <T>(service: 'planning' | 'drawing', role: string, path: string, body: object): Promise<T> =>
    eventually(async () => {
      const answer = await (await deployment.as(service, [role])).post<T>(path, body)
      if (answer.status > 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
      return answer.body
    }, patient)

  beforeAll(async () => {
    deployment = await startDeployment({ realPlanning: true })
    await deployment.start('inspection')
    await deployment.moveTo('2026-02-24T01:00:00.000Z')
  }, 400_000)
  afterAll(() => deployment?.dispose(), 60_000)

  it('DRW-25 TGT-08 TGT-09 two clues about a group make an accepted task on them', async () => {
    const clue = { source: 'COMPLAINT', receivedAt: '2026-02-23T06:00:00.000Z', matter, industry: 'H6210' }
    const recorded = [
      await post<Clue>('planning', 'PLANNER', '/v1/clues', clue),
      await post<Clue>('planning', 'PLANNER', '/v1/clues', clue),
    ]
    clueIds = recorded.map(({ clueId }) => clueId).sort()
    const proposed = await post<{ taskId: string }>('planning', 'PLANNER', '/v1/clue-tasks', {
      clueIds,
      trigger: 'MANY_COMPLAINTS',
      ground: '二月餐饮投诉集中',
      scope: { industryPrefixes: ['H62'], regionCodes: ['230302'] },
      taskName: '餐饮定向抽查',
      itemCodes: ['SP-01'],
      count: 3,
      units: [{ unitId: bureau, selection: { mode: 'BUREAU_WIDE', ground: 'STAFFING' } }],
      window: { start: '2026-03-01', end: '2026-06-30' },
    })
    taskId = proposed.taskId
    expect(await post('planning', 'PLANNER', `/v1/clue-tasks/${taskId}/accept`, {})).toMatchObject({ status: 'ACCEPTED', clueIds })
  }, 200_000)

  it('DRW-25 is frozen by registry within its scope, committed under witnesses, drawn and matched', async () => {
    await deployment.moveTo('2026-03-02T01:10:30.000Z')
    drawId = (await post<DrawBody>('drawing', 'DRAW_ORGANISER', '/v1/draws', { clueTaskId: taskId })).drawId
    const { commitment, strata } = await post<DrawBody>('drawing', 'DRAW_ORGANISER', `/v1/draws/${drawId}/commit`, {})
    expect(strata).toMatchObject([{ stratum: 'ALL', mapped: creditCodes.length, drawn: 3 }])
    const s = JSON.parse(await deployment.text(`/v1/public/draws/${drawId}/commitment`)) as Commitment
    expect(s.subject).toEqual({ kind: 'clue-task', taskId, clueIds })
    const published = await (await fetch(`${deployment.url('planning')}/v1/public/clue-tasks/${taskId}`)).text()
    expect(createHash('sha256').update(published).digest('hex')).toBe(s.subjectDigest)
    await deployment.moveTo(commitment?.roundAt ?? '')
    expect(await post('drawing', 'DRAW_ORGANISER', `/v1/draws/${drawId}/run`, {})).toMatchObject({ status: 'MATCHED' })
  }, 300_000)

  it('TGT-01 TGT-12 inspection has its tasks as targeted supervision, on these clues', async () => {
    tasks = await eventually(async () => {
      const { body } = await (await deployment.as('inspection', ['DISPATCHER'])).get<{ readonly items: readonly Task[] }>('/v1/tasks')
      expect(body.items).toHaveLength(3)
      return body.items
    }, patient)
    for (const task of tasks) {
      expect(task).toMatchObject({ supervisionMode: 'TARGETED', clueTask: { taskId, clueIds, trigger: 'MANY_COMPLAINTS' } })
    }
  }, 200_000)

  it('TGT-15 the first completed check settles the clues', async () => {
    const [task] = tasks
    const checkTaskId = task?.taskId ?? ''
    const [member] = task?.team.members ?? []
    await deployment.moveTo('2026-03-10T03:00:00.000Z')
    const inspector = await deployment.as('inspection', ['INSPECTOR'], { unitId: member?.unitId ?? '', subject: member?.subject ?? '' })
    const entered = await inspector.post(`/v1/tasks/${checkTaskId}/results`, {
      itemCode: task?.items[0]?.itemCode,
      methods: ['ON_SITE'],
      recordForm: { form: '示例检查表/2026', entries: [{ point: '检查要点', finding: '已核查' }] },
      resultType: 'NO_PROBLEM',
    })
    expect(entered.status, JSON.stringify(entered.body)).toBeLessThan(300)
    await eventually(async () => {
      for (const clueId of clueIds) {
        const { body } = await (await deployment.as('planning', ['AUDITOR'])).get<Clue>(`/v1/clues/${clueId}`)
        expect(body).toMatchObject({ status: 'CHECKED', check: { checkTaskId } })
      }
    }, patient)
  }, 200_000)

  it('DRW-25 its public files pass all three verifiers, and name neither an object nor what a clue says', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'clues-'))
    try {
      await writeFile(join(folder, `keys-${regionCode}.json`), keysFileText(deployment.keysFile))
      await savePublicFiles(deployment.url('drawing'), drawId, regionCode, folder, true)
      const found = await verdicts(join(folder, `transcript-${drawId}.json`), join(folder, `keys-${regionCode}.json`))
      for (const [verifier, { exitCode, output }] of Object.entries(found)) {
        expect([verifier, exitCode, output.includes('MATCH')], output).toEqual([verifier, 0, true])
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
    const published = await (await fetch(`${deployment.url('planning')}/v1/public/clue-tasks/${taskId}`)).text()
    for (const text of [published, await deployment.text(`/v1/public/draws/${drawId}/commitment`)]) {
      for (const secret of [matter, ...creditCodes]) expect(text).not.toContain(secret)
    }
  }, 200_000)
})
