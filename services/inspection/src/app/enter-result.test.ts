import type { Principal } from '@dual-random/auth'
import type { RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { memory } from '../../tests/support/memory.ts'
import { fourCities } from '../../tests/support/policies.ts'
import { at, entry, task } from '../../tests/support/records.ts'
import type { ResultEntry } from '../domain/result.ts'
import { enterResult } from './enter-result.ts'

const inspector: Principal = {
  subject: 'zhang.san',
  unitId: '230300-scj' as UnitId,
  regionCode: '230300' as RegionCode,
  roles: ['INSPECTOR'],
  token: '',
}
const order: ResultEntry = { ...entry, resultType: 'ORDERED_CORRECT', subValue: 'CORRECT_BY', correctBy: '2026-05-20' }

describe('entering a result again', () => {
  const ports = () => memory({ tasks: [task] })
  const enterAt = (of: ReturnType<typeof ports>, now: string, content: ResultEntry) =>
    enterResult(
      { ...of, policies: { keep: async () => undefined, get: async () => fourCities }, clock: () => at(now) },
      inspector,
      task.taskId,
      content,
    )

  it('INS-06 answers the same content as before even after the date it sets', async () => {
    const of = ports()
    const first = await enterAt(of, '2026-04-08T02:00:00.000Z', order)
    expect(first.isNew).toBe(true)
    const again = await enterAt(of, '2026-05-20T16:00:00.000Z', order)
    expect(again).toMatchObject({ isNew: false, result: { enteredAt: first.result.enteredAt, enteredLate: false } })
    expect(of.told).toEqual([])
  })

  it('INS-06 refuses other content, even content that would be refused by itself', async () => {
    const of = ports()
    await enterAt(of, '2026-04-08T02:00:00.000Z', order)
    for (const other of [
      { ...order, correctBy: '2026-05-21' },
      { ...order, correctBy: '2026-04-07' },
    ]) {
      await expect(enterAt(of, '2026-04-09T02:00:00.000Z', other)).rejects.toMatchObject({ code: 'result-already-entered' })
    }
  })

  it('FUP-11 refuses a first entry that orders a correction before the check', async () => {
    const refused = enterAt(ports(), '2026-05-20T16:00:00.000Z', order)
    await expect(refused).rejects.toMatchObject({ code: 'invalid-request', violations: [{ pointer: '/correctBy' }] })
  })
})
