import { describe, expect, it } from 'vitest'
import { peakMegabytesOf } from './peak-memory.ts'

describe('peakMegabytesOf', () => {
  it('reads the peak, not the size of now', () => {
    expect(peakMegabytesOf('Name:\tnode\nVmHWM:\t  250000 kB\nVmRSS:\t  100000 kB\n')).toBe(256)
    expect(() => peakMegabytesOf('Name:\tnode\n')).toThrow('VmHWM')
  })
})
