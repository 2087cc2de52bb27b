import type { Principal } from '@dual-random/auth'
import type { Instant, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import type { SensitiveRead } from './ports.ts'
import { putOnRecord } from './put-on-record.ts'

const at = '2026-03-02T01:00:00.000Z' as Instant
const principal: Principal = {
  subject: 'li',
  unitId: '230000-scj' as UnitId,
  regionCode: '230000' as RegionCode,
  roles: ['AUDITOR', 'EVALUATOR'],
  token: 'secret',
}
const read = { what: 'draw-key', target: 'd1', regionCode: '230300' as RegionCode, count: 1 } as const

describe('a read put on record', () => {
  it('ACC-07 has reader, roles, instant, what was read and whose it is, and never the token', async () => {
    const added: SensitiveRead[] = []
    const sensitiveReads = { add: async (one: SensitiveRead) => void added.push(one) }
    await putOnRecord({ sensitiveReads, clock: () => at }, { principal, traceId: 't1' }, read)
    const by = { subject: 'li', unitId: '230000-scj', regionCode: '230000', roles: ['AUDITOR', 'EVALUATOR'] }
    expect(added).toEqual([{ ...read, at, by, traceId: 't1' }])
  })

  it('ACC-07 is refused as unavailable where the record cannot be kept, with the cause', async () => {
    const cause = new Error('disk full')
    const sensitiveReads = { add: () => Promise.reject(cause) }
    await expect(putOnRecord({ sensitiveReads, clock: () => at }, { principal, traceId: 't1' }, read)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'read-not-recorded',
      retryAfterMs: 1000,
      cause,
    })
  })
})
