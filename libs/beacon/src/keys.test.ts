import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { demoKeys } from './demo.ts'
import { ed25519Key, ed25519Verify } from './keys.ts'

interface Case {
  readonly note: string
  readonly message: string
  readonly publicKey: string
  readonly signature: string
  readonly valid: boolean
}
const vectors = new URL('../../../tests/vectors/ed25519/speccheck.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(vectors, 'utf8')) as { readonly cases: readonly Case[] }
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))

describe('keys', () => {
  it.each(cases)('DRW-31 judges a signature at the edge as the protocol asks: $note', ({ message, publicKey, signature, valid }) => {
    expect(ed25519Verify(publicKey, bytesOf(message), bytesOf(signature))).toBe(valid)
  })

  it('signs as RFC 8032 §7.1 test 2 prints', () => {
    const seed = Uint8Array.from(Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex'))
    const key = ed25519Key(seed)
    expect(key.publicKey).toBe('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')
    const signature = key.sign(Uint8Array.of(0x72))
    expect(Buffer.from(signature).toString('hex')).toBe(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    )
    expect(ed25519Verify(key.publicKey, Uint8Array.of(0x72), signature)).toBe(true)
    expect(ed25519Verify(key.publicKey, Uint8Array.of(0x73), signature)).toBe(false)
    expect(ed25519Verify(key.publicKey, Uint8Array.of(0x72), signature.subarray(1))).toBe(false)
    expect(ed25519Verify('00', Uint8Array.of(0x72), signature)).toBe(false)
  })

  it('derives all demo keys from the seed alone, each under its own name', () => {
    const names = ['registry/230300', 'drawing/230300']
    const keysOf = (seed: string) =>
      names.flatMap((name) => [demoKeys(seed).ed25519(name).publicKey, Buffer.from(demoKeys(seed).beaconSecret(name)).toString('hex')])
    expect(keysOf('a')).toEqual(keysOf('a'))
    expect(new Set([...keysOf('a'), ...keysOf('b')]).size).toBe(8)
    expect(demoKeys('a').bytes('K', 'x')).not.toEqual(demoKeys('a').bytes('nonce', 'x'))
  })
})
