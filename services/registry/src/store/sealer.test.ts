import { describe, expect, it } from 'vitest'
import { createSealer } from './sealer.ts'

const sealer = createSealer(Buffer.alloc(32, 7))
const text = Buffer.from('配偶任职')

describe('SEC-04 sealing at rest', () => {
  it('opens what it sealed, and no two seals are alike', () => {
    const sealed = sealer.seal(text, 'a')
    expect(Buffer.from(sealer.open(sealed, 'a'))).toEqual(text)
    expect(sealer.seal(text, 'a')).not.toEqual(sealed)
    expect(Buffer.from(sealed).includes(text)).toBe(false)
  })

  it('refuses another purpose, another key and a changed byte', () => {
    const sealed = sealer.seal(text, 'a')
    const message = 'unable to authenticate'
    expect(() => sealer.open(sealed, 'b')).toThrow(message)
    expect(() => createSealer(Buffer.alloc(32, 8)).open(sealed, 'a')).toThrow(message)
    const changed = Uint8Array.from(sealed)
    changed[14] = (changed[14] ?? 0) ^ 1
    expect(() => sealer.open(changed, 'a')).toThrow(message)
  })
})
