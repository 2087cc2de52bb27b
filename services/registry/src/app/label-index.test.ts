import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { searchLabelIndex, writeLabelIndex } from './label-index.ts'

const hex = (bytes: number) => fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((array) => Buffer.from(array).toString('hex'))

describe('label index', () => {
  it('finds every label that was written and no other', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ label: hex(32), objectId: hex(16) }), { selector: ({ label }) => label, maxLength: 40 }),
        hex(32),
        (pairs, other) => {
          const index = writeLabelIndex(pairs)
          for (const { label, objectId } of pairs) expect(searchLabelIndex(index, label)).toBe(objectId)
          fc.pre(!pairs.some(({ label }) => label === other))
          expect(searchLabelIndex(index, other)).toBeUndefined()
        },
      ),
    )
  })

  it('is the same whatever the order, and finds nothing for what is no label', () => {
    const a = { label: 'aa'.repeat(32), objectId: '01'.repeat(16) }
    const b = { label: 'bb'.repeat(32), objectId: '02'.repeat(16) }
    expect(writeLabelIndex([a, b])).toEqual(writeLabelIndex([b, a]))
    expect(searchLabelIndex(writeLabelIndex([a, b]), 'AA'.repeat(32))).toBeUndefined()
    expect(() => writeLabelIndex([{ label: 'aa', objectId: '' }])).toThrow('32 bytes')
  })
})
