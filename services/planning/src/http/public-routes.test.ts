import { AppError, appError } from '@dual-random/errors'
import { describe, expect, it } from 'vitest'
import { act, planLine } from '../../tests/support/lines.ts'
import { filedVersionOf, planAt, publishedVersionOf, supersededVersionOf } from '../../tests/support/plans.ts'
import type { Ports } from '../app/ports.ts'
import type { Plan } from '../domain/plan.ts'
import { publicRoutes } from './public-routes.ts'

const line = planLine('L01')

/** What the public gets of a line when the store answers so. */
async function read(load: () => Promise<Plan | undefined>, lineId = 'L01', version?: number) {
  const found = publicRoutes({ plans: { load } } as unknown as Ports).find(({ path }) => path.endsWith('/lines/:lineId'))
  if (found?.kind !== 'route') throw new Error('no such route')
  return found.handler({ params: { planId: 'p1', lineId }, query: { version } } as never)
}

describe('a line as the public reads it', () => {
  it('PLN-28 is there once its plan is published', async () => {
    expect(await read(async () => planAt(publishedVersionOf([line])))).toMatchObject({ status: 200 })
  })

  it('PLN-28 is there for ever: of a version that another superseded, whose number is given', async () => {
    const [first, second] = [supersededVersionOf([line], act.at), { ...publishedVersionOf([planLine('L02')]), number: 2 }]
    const plan = async () => planAt(first, { versions: [first, second] })
    expect(await read(plan, 'L01', 1)).toMatchObject({ status: 200 })
    expect(await read(plan, 'L02', 2)).toMatchObject({ status: 200 })
    for (const version of [undefined, 2, 3]) await expect(read(plan, 'L01', version)).rejects.toMatchObject({ code: 'not-found' })
  })

  it.each<[string, Plan | undefined, string]>([
    ['no plan', undefined, 'L01'],
    ['a plan that is not published', planAt(filedVersionOf([line], act.at)), 'L01'],
    ['a line that is not in it', planAt(publishedVersionOf([line])), 'L09'],
  ])('PLN-28 of %s is not found, and nothing tells which of them it is', async (_, plan, lineId) => {
    const thrown: unknown = await read(async () => plan, lineId).catch((error: unknown) => error)
    if (!(thrown instanceof AppError)) throw new Error('found')
    const { kind, code, meta } = thrown
    expect({ kind, code, meta }).toEqual({ kind: 'not-found', code: 'not-found', meta: { what: '计划', id: 'p1' } })
  })

  it.each([
    ['of the store', new Error('connection reset')],
    ['of a policy', appError('failed-precondition', 'policy-unset', { meta: { key: 'k', preset: 'p' } })],
  ])('PLN-28 a failure %s is told as what it is, not as a plan that does not exist', async (_, failure) => {
    await expect(read(() => Promise.reject(failure))).rejects.toBe(failure)
  })
})
