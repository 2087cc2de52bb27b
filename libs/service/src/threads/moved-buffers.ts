/** As deep as bytes may lie in a message: `{ value: { ok, value: { files: [{ bytes }] } } }`. */
const deepest = 5

/**
 * The buffers that move with a message instead of being copied: those of its byte arrays that fill their buffer. A small `Buffer` is a
 * piece of a slab that others use too; it is copied.
 */
export function movedBuffers(message: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>()
  collect(message, 0, found)
  return [...found]
}

function collect(value: unknown, depth: number, found: Set<ArrayBuffer>): void {
  if (typeof value !== 'object' || value === null || depth > deepest) return
  if (value instanceof Uint8Array) {
    const { buffer, byteLength } = value
    if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) found.add(buffer)
    return
  }
  // A list of half a million texts is walked as it is.
  for (const member of Array.isArray(value) ? value : Object.values(value)) collect(member, depth + 1, found)
}
