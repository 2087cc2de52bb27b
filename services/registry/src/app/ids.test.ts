import type { RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { createKeyedIds } from './ids.ts'

const region = (code: string): RegionCode => code as RegionCode
const ids = createKeyedIds(Buffer.alloc(32, 1))

describe('keyed ids', () => {
  it('DQ-04 name one record per code and city, under a key', () => {
    const id = ids.objectId(region('230302'), 'code')
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    expect(ids.objectId(region('230303'), 'code')).toBe(id)
    expect(ids.objectId(region('230402'), 'code')).not.toBe(id)
    expect(ids.inspectorId(region('230302'), 'code')).not.toBe(id)
    expect(createKeyedIds(Buffer.alloc(32, 2)).objectId(region('230302'), 'code')).not.toBe(id)
  })

  it('SEC-04 digests of content are keyed too', () => {
    const digest = ids.contentDigest('id', { a: 1, b: 2 })
    expect(ids.contentDigest('id', { b: 2, a: 1 })).toBe(digest)
    expect(ids.contentDigest('other', { a: 1, b: 2 })).not.toBe(digest)
    expect(createKeyedIds(Buffer.alloc(32, 2)).contentDigest('id', { a: 1, b: 2 })).not.toBe(digest)
  })
})
