import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inboxMarks } from '../src/index.ts'
import { type Bench, openBench } from './support.ts'

describe('the marks of a group', () => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench([])
  })
  afterAll(async () => {
    await bench[Symbol.asyncDispose]()
  })

  it('INT-15 end at the highest seq, whoever of several members writes first', async () => {
    const marks = inboxMarks(bench.store)
    for (let round = 0; round < 40; round++) {
      const id = randomUUID()
      await Promise.all([3, 1, 4, 2].map((seq) => marks.advance('topic', id, seq)))
      expect(await marks.read('topic', id)).toBe(4)
    }
  })

  it('never move backwards', async () => {
    const marks = inboxMarks(bench.store)
    await marks.advance('topic', 'back', 5)
    await marks.advance('topic', 'back', 4)
    expect(await marks.readMany('topic', ['back', 'nobody'])).toEqual(new Map([['back', 5]]))
  })
})
