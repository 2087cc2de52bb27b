import { sha256 } from '@dual-random/kernel/hash'
import { describe, expect, it } from 'vitest'
import { loadsDigest } from './loads-digest.ts'

const hash = { name: 'sha256', digest: sha256 } as const

describe('digest of the loads', () => {
  it('shows which files were used, not in which order or how often', () => {
    const one = loadsDigest(hash, 'credit', new Set(['a', 'b']))
    expect(loadsDigest(hash, 'credit', new Set(['b', 'a', 'b']))).toBe(one)
    expect(loadsDigest(hash, 'registration', new Set(['a', 'b']))).not.toBe(one)
    expect(loadsDigest(hash, 'credit', new Set(['a']))).not.toBe(one)
  })
})
