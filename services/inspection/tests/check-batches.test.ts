import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawOf, fire, market } from './support/draws.ts'
import { entryOf, type Paged, type ProblemAnswer, type TaskAnswer } from './support/entries.ts'
import { startWorld, type World } from './support/world.ts'

type Batched = TaskAnswer & { readonly checkBatch?: number }

const units = [
  { unitId: market, itemCodes: ['SCJG-01'] },
  { unitId: fire, itemCodes: ['XFJG-01'] },
]
const cut = drawOf({ name: 'cut', codes: ['B-1', 'B-2', 'B-3'], checkBatches: [1, 1, 2], units })
const whole = drawOf({ name: 'whole', codes: ['B-4'] })

describe('check batches of a draw', () => {
  let world: World
  let tasks: readonly Batched[]

  const listed = async (query = '', unitId = market) =>
    (await (await world.as(['DISPATCHER'], { unitId })).get<Paged<Batched>>(`/v1/tasks${query}`)).body.items

  beforeAll(async () => {
    world = await startWorld({ now: '2026-04-08T02:00:00.000Z' })
    await world.dispatch(cut, whole)
    tasks = [...(await listed()), ...(await listed('', fire))]
  })
  afterAll(() => world?.dispose())

  const taskOf = (code: string, unitId: string = market): Batched => {
    const found = tasks.find((task) => task.object.code === code && task.unitId === unitId)
    if (found === undefined) throw new Error(`no task of ${code}`)
    return found
  }
  const post = async ({ taskId, team }: Batched, rest: string, body: unknown) =>
    (
      await world.as(['INSPECTOR'], { subject: team.members[0]?.subject ?? '', unitId: team.members[0]?.unitId ?? market })
    ).post<ProblemAnswer>(`/v1/tasks/${taskId}/${rest}`, body)
  const enter = (code: string, itemCode: string, unitId: string = market) => post(taskOf(code, unitId), 'results', entryOf(itemCode))

  it('DRW-16 tells of each task which check batch it is in, and lists those of one with a status', async () => {
    const batches = tasks.map(({ unitId, object, checkBatch }) => [unitId, object.code, checkBatch]).toSorted()
    expect(batches).toEqual([
      [market, 'B-1', 1],
      [market, 'B-2', 1],
      [market, 'B-3', 2],
      [market, 'B-4', undefined],
      [fire, 'B-1', 1],
      [fire, 'B-2', 1],
      [fire, 'B-3', 2],
    ])
    const open = async (checkBatch: number) => (await listed(`?status=OPEN&checkBatch=${checkBatch}`)).map(({ object }) => object.code)
    expect((await open(1)).toSorted()).toEqual(['B-1', 'B-2'])
    expect(await open(2)).toEqual(['B-3'])
  })

  it('DRW-16 begins no check of a batch, by its notice or its result, while one of an earlier batch is open, and says how many', async () => {
    for (const refused of [await post(taskOf('B-3'), 'notice', {}), await enter('B-3', 'SCJG-01')]) {
      expect(refused).toMatchObject({ status: 409, body: { code: 'earlier-check-batch-open' } })
      expect(refused.body.detail).toContain('2')
    }
    expect(await enter('B-1', 'SCJG-01')).toMatchObject({ status: 201 })
    expect(await enter('B-3', 'SCJG-01')).toMatchObject({ status: 409, body: { code: 'earlier-check-batch-open' } })
    expect(await enter('B-4', 'SCJG-01')).toMatchObject({ status: 201 })
  })

  it('DRW-16 goes on to the next batch once the unit’s own are done, whatever another unit’s are', async () => {
    expect(await enter('B-2', 'SCJG-01')).toMatchObject({ status: 201 })
    expect(await post(taskOf('B-3'), 'notice', {})).toMatchObject({ status: 200 })
    expect(await enter('B-3', 'SCJG-01')).toMatchObject({ status: 201 })
    expect(await enter('B-3', 'XFJG-01', fire)).toMatchObject({ status: 409, body: { code: 'earlier-check-batch-open' } })
    expect((await listed('?status=OPEN&checkBatch=1')).length).toBe(0)
  })
})
