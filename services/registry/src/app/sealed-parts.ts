import type { Sealer } from './ports.ts'

const headBytes = 4

const purposeOfPart = (purpose: string, number: number): string => `${purpose} ${number}`

/** Seals a long file part by part, so that no more than a part is in memory: each as its length (4 bytes, big-endian) and the sealed bytes. */
export function partSealer(sealer: Sealer, purpose: string): (part: Uint8Array) => Uint8Array {
  let number = 0
  return (part) => {
    const sealed = sealer.seal(part, purposeOfPart(purpose, number++))
    const framed = new Uint8Array(headBytes + sealed.length)
    new DataView(framed.buffer).setUint32(0, sealed.length)
    framed.set(sealed, headBytes)
    return framed
  }
}

/** Opens what `partSealer` sealed, however the bytes come in. Throws where a part is out of place or cut short; that the last parts are missing only a digest of the whole shows. */
export async function* openParts(sealer: Sealer, purpose: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting = new Uint8Array()
  let number = 0
  for await (const piece of bytes) {
    const joined = new Uint8Array(waiting.length + piece.length)
    joined.set(waiting)
    joined.set(piece, waiting.length)
    waiting = joined
    for (let end = endOfPart(waiting); end !== undefined; end = endOfPart(waiting)) {
      yield sealer.open(waiting.subarray(headBytes, end), purposeOfPart(purpose, number++))
      waiting = waiting.subarray(end)
    }
  }
  if (waiting.length > 0) throw new Error(`${purpose} is cut short in part ${number}`)
}

function endOfPart(bytes: Uint8Array): number | undefined {
  if (bytes.length < headBytes) return undefined
  const end = headBytes + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  return bytes.length < end ? undefined : end
}
