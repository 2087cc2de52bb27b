import { events } from '@dual-random/contracts'
import { decodePayload } from '@dual-random/messaging'
import { type Api, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { overridesAnswer } from '../src/http/override-answer.ts'
import { drawOf, fire, market } from './support/draws.ts'
import { entryOf, type Paged, type ProblemAnswer, type TaskAnswer } from './support/entries.ts'
import { startWorld, type World } from './support/world.ts'

interface Answer extends ProblemAnswer {
  readonly errors?: readonly { readonly pointer: string; readonly code: string }[]
  readonly onSite?: readonly object[]
}

interface Overrides {
  readonly overrides: readonly object[]
  readonly next?: string
}

const plain = drawOf({ name: 'white list', codes: ['W-1', 'W-2', 'W-3'], units: [{ unitId: market, itemCodes: ['SCJG-01'] }] })
/** W-1 and W-2 were on the white list at the freeze. */
const draw = {
  ...plain,
  objects: new Map(
    [...plain.objects].map(([label, object]) => [
      label,
      object.objectCode === 'W-3' ? object : { ...object, alliance: '广告产业信用同盟' },
    ]),
  ),
}

describe('drawn members of the white list', () => {
  let world: World
  let dispatcher: Api
  let tasks: ReadonlyMap<string, TaskAnswer>

  beforeAll(async () => {
    world = await startWorld()
    await world.dispatch(draw)
    dispatcher = await world.as(['DISPATCHER'])
    const { items } = (await dispatcher.get<Paged<TaskAnswer>>('/v1/tasks')).body
    tasks = new Map(items.map((task) => [task.object.code, task]))
  })
  afterAll(() => world?.dispose())

  const idOf = (code: string): string => tasks.get(code)?.taskId ?? ''
  const onSite = (code: string, body: unknown, api = dispatcher) => api.post<Answer>(`/v1/tasks/${idOf(code)}/on-site`, body)
  const enter = async (code: string, changes: Readonly<Record<string, unknown>> = {}) => {
    const inspector = await world.as(['INSPECTOR'], { subject: tasks.get(code)?.team.members[0]?.subject ?? '' })
    return inspector.post<Answer>(`/v1/tasks/${idOf(code)}/results`, entryOf('SCJG-01', changes))
  }

  it('TGT-21 TGT-15 Appendix F 15: an on-site check without a ground asks for an override with a reason; with a complaint it passes, and settles its clue', async () => {
    expect(await enter('W-1')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/methods', code: 'on-site-reason-missing' }] },
    })
    expect(await onSite('W-1', {})).toMatchObject({ status: 409, body: { code: 'on-site-ground-missing' } })
    expect(await onSite('W-1', { ground: 'COMPLAINT' })).toMatchObject({ status: 400, body: { code: 'on-site-source-missing' } })
    const clueOf = (objectCode: string, status: 'OPEN' | 'CLOSED' = 'OPEN') =>
      ({ regionCode: '230300', status, objectCode, source: 'COMPLAINT' }) as const
    for (const [clueId, clue] of [
      ['clue-1', clueOf('W-1')],
      ['clue-2', clueOf('W-2')],
      ['clue-3', clueOf('W-1', 'CLOSED')],
    ] as const)
      world.peers.clues.set(clueId, clue)
    const withClue = (clueId: string) => onSite('W-1', { ground: 'COMPLAINT', source: '12315-1', clueIds: [clueId] })
    expect(await withClue('clue-2')).toMatchObject({ status: 409, body: { code: 'clue-of-another-object' } })
    expect(await withClue('clue-3')).toMatchObject({ status: 409, body: { code: 'clue-settled' } })
    expect(await withClue('clue-1')).toMatchObject({
      status: 200,
      body: { onSite: [{ ground: 'COMPLAINT', source: '12315-1', clueIds: ['clue-1'], by: `${market}-DISPATCHER` }] },
    })
    expect(await enter('W-1')).toMatchObject({ status: 201 })
    const { taskCompleted } = events.inspection
    await eventually(() => {
      const [told] = world.heard(taskCompleted.type, idOf('W-1')).map((event) => decodePayload(taskCompleted, event))
      expect(told).toMatchObject({ clueIds: ['clue-1'] })
    })
  })

  it('TGT-22 what is found there opens a follow-up and is told for publication as of any other object', async () => {
    for (const reason of ['舆情集中', '投诉增多']) await onSite('W-2', { override: { reason, legalBasis: '《广告法》第四十九条' } })
    const entered = await enter('W-2', { resultType: 'ORDERED_CORRECT', subValue: 'CORRECT_BY', correctBy: '2026-05-20' })
    expect(entered).toMatchObject({ status: 201, body: { opensFollowUp: true, taskStatus: 'COMPLETED' } })
    const { resultRecorded, followUpOpened, taskCompleted } = events.inspection
    await eventually(() => {
      const results = world.heard(resultRecorded.type).map((event) => decodePayload(resultRecorded, event))
      expect(results.find(({ taskId }) => taskId === idOf('W-2'))).toMatchObject({ objectCode: 'W-2', opensFollowUp: true })
      const opened = world.heard(followUpOpened.type).map((event) => decodePayload(followUpOpened, event))
      expect(opened).toMatchObject([{ taskId: idOf('W-2'), kind: 'CORRECTION' }])
      expect(world.heard(taskCompleted.type, idOf('W-2'))).toHaveLength(1)
    })
  })

  it('POL-07 the override is reported with its task, counted per rule and unit, in its year and region alone', async () => {
    const auditor = await world.as(['AUDITOR'])
    const report = await auditor.get<{ counts: object[]; overrides: object[] }>('/v1/policy-overrides?year=2026')
    expect(report.body.counts).toEqual([{ rule: 'whiteList.onSite', unitId: market, count: 2 }])
    expect(report.body.overrides).toMatchObject([
      { taskId: idOf('W-2'), reason: '舆情集中', clause: '五(三)' },
      { taskId: idOf('W-2'), reason: '投诉增多' },
    ])
    expect(overridesAnswer.safeParse(report.body)).toMatchObject({ success: true })
    expect((await auditor.get<{ overrides: object[] }>('/v1/policy-overrides?year=2025')).body.overrides).toEqual([])
    expect((await auditor.get('/v1/policy-overrides?regionCode=230400')).status).toBe(403)
  })

  it('POL-07 comes page by page: one of just as many as there are is the last, the one behind it empty', async () => {
    const auditor = await world.as(['AUDITOR'])
    const ask = async (query: string) => (await auditor.get<Overrides>(`/v1/policy-overrides?year=2026&${query}`)).body
    const whole = await ask('limit=2')
    expect(whole).toMatchObject({ overrides: [{}, {}], total: 2 })
    expect(whole.next).toBeUndefined()
    const first = await ask('limit=1')
    expect(first).toEqual({ ...whole, overrides: whole.overrides.slice(0, 1), next: `${idOf('W-2')}/00000` })
    expect(await ask(`limit=1&after=${first.next}`)).toEqual({ ...whole, overrides: whole.overrides.slice(1) })
    expect(await ask(`after=${idOf('W-2')}/00001`)).toEqual({ ...whole, overrides: [] })
    for (const wrong of ['limit=0', 'limit=501', 'after=', `after=${'x'.repeat(501)}`]) {
      expect((await auditor.get(`/v1/policy-overrides?${wrong}`)).status, wrong).toBe(400)
    }
  })

  it('TGT-21 another object needs no reason; another unit gives none', async () => {
    expect(await onSite('W-3', { ground: 'COMPLAINT', source: '12315-2' })).toMatchObject({
      status: 409,
      body: { code: 'on-site-not-restricted' },
    })
    expect(await enter('W-3')).toMatchObject({ status: 201 })
    const other = await world.as(['DISPATCHER'], { unitId: fire })
    expect((await onSite('W-1', { ground: 'COMPLAINT', source: '12315-3' }, other)).status).toBe(403)
  })
})
