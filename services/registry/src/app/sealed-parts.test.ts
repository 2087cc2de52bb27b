import { utf8 } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { createSealer } from '../store/sealer.ts'
import { openParts, partSealer } from './sealed-parts.ts'

/** What Node says of bytes whose tag does not hold. */
const refused = /unable to authenticate data/
const sealer = createSealer(Buffer.alloc(32, 7))

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function all<T>(parts: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = []
  for await (const part of parts) found.push(part)
  return found
}

function sealed(purpose: string, ...texts: readonly string[]): Uint8Array {
  const seal = partSealer(sealer, purpose)
  return Buffer.concat(texts.map((text) => seal(utf8(text))))
}

const opened = async (purpose: string, bytes: Uint8Array, size: number): Promise<readonly string[]> =>
  (await all(openParts(sealer, purpose, cut(bytes, size)))).map((part) => new TextDecoder().decode(part))

describe('a file sealed part by part', () => {
  it.each([1, 3, 4, 7, 64, 10_000])('SEC-04 is opened part by part, also where it comes in pieces of %i bytes', async (size) => {
    const bytes = sealed('file a', '甲甲甲', '', '乙')
    expect(Buffer.from(bytes).includes(Buffer.from('甲'))).toBe(false)
    expect(await opened('file a', bytes, size)).toEqual(['甲甲甲', '', '乙'])
  })

  it('SEC-04 is not opened for another purpose, in another order, or cut short', async () => {
    const bytes = sealed('file a', '甲', '乙')
    const half = bytes.length / 2
    const turned = Buffer.concat([bytes.subarray(half), bytes.subarray(0, half)])
    await expect(opened('file b', bytes, 64)).rejects.toThrow(refused)
    await expect(opened('file a', turned, 64)).rejects.toThrow(refused)
    await expect(opened('file a', bytes.subarray(0, -1), 64)).rejects.toThrow('cut short in part 1')
  })
})
