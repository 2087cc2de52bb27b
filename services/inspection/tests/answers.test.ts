import { readFile } from 'node:fs/promises'
import { type Api, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import * as answers from '../src/http/answers.ts'
import { drawOf, fire } from './support/draws.ts'
import { entryOf, type Paged, type TaskAnswer, toCorrect } from './support/entries.ts'
import { startWorld, type World } from './support/world.ts'

interface Listed {
  readonly resultId: string
  readonly followUpId: string
}

describe('what the OpenAPI document says of answers', () => {
  let world: World
  let dispatcher: Api
  let task: TaskAnswer
  let entered: { readonly status: number; readonly body: Listed }

  beforeAll(async () => {
    world = await startWorld()
    await world.dispatch(
      drawOf({ name: 'one', codes: ['O-1'] }),
      drawOf({ name: 'two', codes: ['O-1'], units: [{ unitId: fire, itemCodes: ['XFJG-01'] }] }),
    )
    dispatcher = await world.as(['DISPATCHER'])
    const [found] = (await dispatcher.get<Paged<TaskAnswer>>('/v1/tasks')).body.items
    if (found === undefined) throw new Error('no task')
    task = found
    const inspector = await world.as(['INSPECTOR'], { subject: task.team.members[0]?.subject ?? '' })
    const reliesOn = [{ kind: 'JUDICIAL_DOCUMENT', source: '示例法院', date: '2026-03-01', identifier: '示例1号' }]
    entered = await inspector.post(`/v1/tasks/${task.taskId}/results`, entryOf('SCJG-01', { ...toCorrect, reliesOn, note: '备注' }))
    const closing = { outcome: 'CORRECTED', decision: '已改正', proof: [{ description: '照片' }] }
    await eventually(async () => {
      const { status } = await dispatcher.post(`/v1/follow-ups/${entered.body.followUpId}/close`, closing)
      if (status !== 200) throw new Error(`closing answered ${status}`)
    })
  })
  afterAll(() => world?.dispose())

  const firstOf = async (path: string): Promise<unknown> => (await dispatcher.get<Paged<unknown>>(path)).body.items[0]
  const bodyOf = async (path: string): Promise<unknown> => (await dispatcher.get(path)).body

  /** What differs from the schema, a member it does not name too. */
  const differences = (schema: z.ZodObject, value: unknown) => schema.strict().safeParse(value).error?.issues ?? []

  it('is true of tasks, visits and proposals', async () => {
    expect(differences(answers.taskAnswer, await firstOf('/v1/tasks'))).toEqual([])
    expect(differences(answers.taskDetailAnswer, await bodyOf(`/v1/tasks/${task.taskId}`))).toEqual([])
    expect(differences(answers.visitAnswer, await firstOf('/v1/visits'))).toEqual([])
    expect(differences(answers.visitDetailAnswer, await bodyOf(`/v1/visits/${task.visitId}`))).toEqual([])
    expect(differences(answers.proposalAnswer, await firstOf('/v1/merge-proposals'))).toEqual([])
  })

  it('INS-02 is true of results and follow-ups', async () => {
    expect(entered.status).toBe(201)
    expect(differences(answers.enteredAnswer, entered.body)).toEqual([])
    expect(differences(answers.resultAnswer, await firstOf('/v1/results'))).toEqual([])
    expect(differences(answers.resultDetailAnswer, await bodyOf(`/v1/results/${entered.body.resultId}`))).toEqual([])
    expect(differences(answers.followUpAnswer, await firstOf('/v1/follow-ups'))).toEqual([])
    expect(differences(answers.followUpDetailAnswer, await bodyOf(`/v1/follow-ups/${entered.body.followUpId}`))).toEqual([])
    expect(await firstOf('/v1/results')).toMatchObject({ reliesOn: [{ kind: 'JUDICIAL_DOCUMENT', identifier: '示例1号' }] })
  })

  it('names the routes of the README, and no other', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
    const written = [...readme.matchAll(/^\| `(GET|POST) (\/v1\/[^`?]+)/gm)].map(
      ([, method, path]) => `${method} ${path?.replaceAll(/:(\w+)/g, '{$1}')}`,
    )
    const { paths } = (await dispatcher.get<{ paths: Record<string, Record<string, unknown>> }>('/openapi.json')).body
    const served = Object.entries(paths).flatMap(([path, methods]) =>
      path.startsWith('/v1/') ? Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`) : [],
    )
    expect(served.sort()).toEqual(written.sort())
  })
})
