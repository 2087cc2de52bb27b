import { utf8 } from './bytes.ts'

/** Text as UTF-8, integers as u64 big-endian, digests raw, a list as one item: the TLV of its elements. */
export type TlvItem = string | number | bigint | Uint8Array | readonly TlvItem[]

/** TLV(a, b, …) of the draw protocol v1: each item is its u32 big-endian length, then its bytes. */
export function tlv(...items: readonly TlvItem[]): Uint8Array {
  const parts = items.map(itemBytes)
  const whole = new Uint8Array(parts.reduce((length, part) => length + 4 + part.length, 0))
  const view = new DataView(whole.buffer)
  let offset = 0
  for (const part of parts) {
    view.setUint32(offset, part.length)
    whole.set(part, offset + 4)
    offset += 4 + part.length
  }
  return whole
}

function itemBytes(item: TlvItem): Uint8Array {
  if (typeof item === 'string') return utf8(item)
  if (item instanceof Uint8Array) return item
  if (typeof item === 'number' || typeof item === 'bigint') return u64(BigInt(item))
  return tlv(...item)
}

function u64(value: bigint): Uint8Array {
  if (value < 0n || value >= 1n << 64n) throw new Error(`not a u64: ${value}`)
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, value)
  return bytes
}
