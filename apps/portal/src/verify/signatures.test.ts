import { toHex, utf8 } from '@dual-random/kernel'
import { ed25519 } from '@noble/curves/ed25519.js'
import { describe, expect, it } from 'vitest'
import { isEd25519Signature } from './signatures.ts'

describe('an Ed25519 signature in the page', () => {
  const secret = new Uint8Array(32).fill(7)
  const publicKey = toHex(ed25519.getPublicKey(secret))
  const message = utf8('message')
  const signature = toHex(ed25519.sign(message, secret))

  it('holds for its key and message alone', () => {
    expect(isEd25519Signature(publicKey, message, signature)).toBe(true)
    expect(isEd25519Signature(publicKey, utf8('Message'), signature)).toBe(false)
    expect(isEd25519Signature(toHex(ed25519.getPublicKey(new Uint8Array(32).fill(8))), message, signature)).toBe(false)
    expect(isEd25519Signature('00'.repeat(31), message, signature)).toBe(false)
    expect(isEd25519Signature('ff'.repeat(32), message, signature)).toBe(false)
  })

  it('is refused when S is not below the group order, though the equation holds', () => {
    const order = ed25519.Point.Fn.ORDER
    const reversed = (hex: string): string => hex.match(/../g)?.toReversed().join('') ?? ''
    const larger = (BigInt(`0x${reversed(signature.slice(64))}`) + order).toString(16).padStart(64, '0')
    expect(isEd25519Signature(publicKey, message, signature.slice(0, 64) + reversed(larger))).toBe(false)
  })
})
