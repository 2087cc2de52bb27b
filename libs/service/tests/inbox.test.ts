import { eventually, type TestScope } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Broker, broker } from './support/broker.ts'
import { heardTopic, marksOf, type Sample, sampleScope, sampleService, toldTopic } from './support/sample-service.ts'

const operator = { roles: ['OPERATOR'] } as const

describe('what a service has applied', () => {
  let scope: TestScope
  let bus: Broker
  let sample: Sample

  const start = async () => {
    sample = await sampleService(scope.env)
    await sample.service.start()
  }

  beforeAll(async () => {
    scope = await sampleScope()
    bus = broker(scope)
    await start()
    await bus.tell('a', 1)
    await bus.tell('a', 2)
    await bus.tell('b', 1)
    await eventually(() => expect(sample.applied).toHaveLength(3))
  })
  afterAll(async () => {
    await sample?.[Symbol.asyncDispose]()
    await bus?.[Symbol.asyncDispose]()
    await scope?.dispose()
  })

  it('INT-15 is told to operators and auditors, 0 for what it never heard of', async () => {
    const aggregateIds = ['a', 'b', 'nobody']
    const marks = { a: 2, b: 1, nobody: 0 }
    await eventually(async () => expect(await marksOf(scope, sample, { ...operator, aggregateIds })).toEqual(marks))
    expect(await marksOf(scope, sample, { roles: ['AUDITOR'], aggregateIds })).toEqual(marks)
  })

  it('is told to nobody else', async () => {
    for (const roles of [['PLANNER', 'DRAW_ORGANISER'], 'SERVICE'] as const) {
      await expect(marksOf(scope, sample, { roles, aggregateIds: ['a'] })).rejects.toMatchObject({
        kind: 'forbidden',
        code: 'role-required',
      })
    }
  })

  it('names the subscription that does not exist', async () => {
    const aggregateIds = ['a']
    await expect(marksOf(scope, sample, { ...operator, topic: toldTopic, aggregateIds })).rejects.toMatchObject({ kind: 'not-found' })
    await expect(marksOf(scope, sample, { ...operator, group: 'joint', aggregateIds })).rejects.toMatchObject({ kind: 'not-found' })
  })

  it('takes a thousand aggregates in one question, and no more', async () => {
    const thousand = Array.from({ length: 1000 }, (_, index) => `x${index}`)
    expect(Object.keys(await marksOf(scope, sample, { ...operator, aggregateIds: thousand }))).toHaveLength(1000)
    await expect(marksOf(scope, sample, { ...operator, aggregateIds: [...thousand, 'y'] })).rejects.toMatchObject({ kind: 'invalid' })
  })

  it('INT-15 outlives a restart: nothing is applied again, and what came meanwhile is', async () => {
    await sample[Symbol.asyncDispose]()
    for (const seq of [1, 2, 3]) await bus.tell('a', seq)
    await start()
    await eventually(() => expect(sample.applied).toContain('a:3'))
    expect(sample.applied).toEqual(['a:3'])
    expect(await marksOf(scope, sample, { ...operator, topic: heardTopic, aggregateIds: ['a', 'b'] })).toEqual({ a: 3, b: 1 })
  })
})
