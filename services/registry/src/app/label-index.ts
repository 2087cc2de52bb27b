import { compareBytes, fromHex, toHex } from '@dual-random/kernel'

const labelLength = 32
const idLength = 16
const recordLength = labelLength + idLength

/** Labels of a draw with the object ids behind them, as 48-byte records ascending by label: small enough to read whole, searched by halves. */
export function writeLabelIndex(pairs: readonly { readonly label: string; readonly objectId: string }[]): Uint8Array {
  const bytes = new Uint8Array(pairs.length * recordLength)
  const ascending = [...pairs].sort((a, b) => (a.label < b.label ? -1 : 1))
  for (const [index, { label, objectId }] of ascending.entries()) {
    bytes.set(bytesOf(label, labelLength), index * recordLength)
    bytes.set(bytesOf(objectId, idLength), index * recordLength + labelLength)
  }
  return bytes
}

/** The object id behind a label; undefined for a label the draw does not have. */
export function searchLabelIndex(index: Uint8Array, label: string): string | undefined {
  const place = placeInLabelIndex(index, label)
  if (place === undefined) return undefined
  const at = place * recordLength
  return toHex(index.subarray(at + labelLength, at + recordLength))
}

/** Which record a label has, from 0: its line in the roster and its leaf in the tree. */
export function placeInLabelIndex(index: Uint8Array, label: string): number | undefined {
  const wanted = fromHex(label)
  if (wanted?.length !== labelLength) return undefined
  let low = 0
  let high = index.length / recordLength - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const at = middle * recordLength
    const order = compareBytes(index.subarray(at, at + labelLength), wanted)
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle - 1
  }
  return undefined
}

function bytesOf(hex: string, length: number): Uint8Array {
  const bytes = fromHex(hex)
  if (bytes?.length !== length) throw new Error(`not ${length} bytes of hex: ${hex}`)
  return bytes
}
