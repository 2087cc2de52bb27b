import type { Store } from '@dual-random/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onDraw } from '../../services/planning/src/events/on-draw.ts'
import { drawProjection } from '../../services/planning/src/store/draw-projection.ts'
import { hear } from './support/consumer.ts'
import { golden } from './support/examples.ts'
import { testStore } from './support/test-store.ts'

describe('planning hears drawing', () => {
  let store: Store

  beforeAll(async () => {
    store = await testStore('planning')
  })
  afterAll(() => store?.[Symbol.asyncDispose]())

  it('PLN-11 CRD-08 knows which line a draw holds, how far it is, what it drew, and how many enterprises the year has drawn by then', async () => {
    const draws = drawProjection(store)
    const { drawId, planId, lineId, batch, drawn } = { ...golden('draw-frozen').data, ...golden('draw-drawn').data }
    const { yearEnterprises } = golden('draw-matched').data
    const names = ['draw-frozen', 'draw-committed', 'draw-drawn', 'draw-matched', 'draw-closed']
    await hear([onDraw(draws)], ...names.slice(0, 2))
    expect(await draws.get(String(drawId))).toEqual({ drawId, planId, lineId, batch, state: 'COMMITTED', drawn: 0 })
    await hear([onDraw(draws)], ...names)
    expect(await draws.get(String(drawId))).toEqual({ drawId, planId, lineId, batch, state: 'CLOSED', drawn, yearEnterprises })
  })
})
