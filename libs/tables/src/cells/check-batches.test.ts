import { describe, expect, it } from 'vitest'
import { readCheckBatches, writeCheckBatches } from './check-batches.ts'

describe('check batches in a remark', () => {
  it.each([2, 9, 10, 99])('DRW-16 %i are read back as they are written', (count) => {
    expect(readCheckBatches(writeCheckBatches(count))).toBe(count)
    expect(readCheckBatches(` ${writeCheckBatches(count)}。`)).toBe(count)
  })

  it.each([writeCheckBatches(1), writeCheckBatches(0), writeCheckBatches(100), '抽中对象分批检查', `${writeCheckBatches(3)}并报送`])(
    'DRW-16 %s says nothing of them',
    (text) => {
      expect(readCheckBatches(text)).toBeUndefined()
    },
  )
})
