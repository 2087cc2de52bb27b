import { describe, expect, it } from 'vitest'
import { nameKey } from './index.ts'

describe('names as they are compared', () => {
  it('PLN-13 REG-19 are alike in full and half width, with and without blanks, whatever quotation marks and closing marks they have', () => {
    for (const name of [
      '对“双随机”的检查',
      '对 "双随机"\u200b 的检查。',
      '对＂双随机＂的检查；；',
      '对”双随机“的检查,',
      '\ufeff对“双随机”的检查｡',
    ])
      expect(nameKey(name), name).toBe('对"双随机"的检查')
    expect(nameKey('检查（一），')).toBe(nameKey('检查(一)'))
  })

  it('PLN-13 REG-19 keep the marks inside them, and other closing marks', () => {
    expect(nameKey('检查；整改')).toBe('检查;整改')
    expect(nameKey('检查。整改')).not.toBe(nameKey('检查整改'))
    expect(nameKey('检查!')).not.toBe(nameKey('检查'))
  })
})
