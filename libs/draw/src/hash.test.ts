import { utf8 } from '@dual-random/kernel'
import { hmac } from '@dual-random/kernel/hash'
import { describe, expect, it } from 'vitest'
import { nodeHash } from '../tests/node-hash.ts'
import { digestBytes, fixedHmac, keyedHmac } from './hash.ts'

describe.each(['sha256', 'sm3'] as const)('HMAC by %s', (name) => {
  const hash = nodeHash(name)

  // RFC 2104 §2: a key longer than a block is hashed, one of a block is not.
  it.each([0, 1, 32, 63, 64, 65, 131])('DRW-31 is that of the platform under a key of %i bytes', (length) => {
    const key = new Uint8Array(length).fill(0xaa)
    const message = utf8('Test Using Larger Than Block-Size Key - Hash Key First')
    expect(keyedHmac(hash, key)(message)).toEqual(hmac(name, key, message))
    const fixed = fixedHmac(hash, key, message.length)
    fixed.message.set(message)
    expect(fixed.digest()).toEqual(hmac(name, key, message))
  })

  it('DRW-31 serves many messages under one key', () => {
    const key = utf8('Jefe')
    const mac = keyedHmac(hash, key)
    const fixed = fixedHmac(hash, key, 4)
    for (const text of ['what', 'do y', 'a wa']) {
      fixed.message.set(utf8(text))
      expect([mac(utf8(text)), fixed.digest()]).toEqual([hmac(name, key, utf8(text)), hmac(name, key, utf8(text))])
    }
  })
})

it('takes 32 bytes of lower-case hex for a digest, and nothing else', () => {
  expect(digestBytes('ab'.repeat(32))).toEqual(new Uint8Array(32).fill(0xab))
  for (const text of ['', 'ab', 'ab'.repeat(31), 'ab'.repeat(33), 'AB'.repeat(32), 'zz'.repeat(32)])
    expect(() => digestBytes(text)).toThrow('not a 32-byte digest')
})
