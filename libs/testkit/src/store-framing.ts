import type { Framing } from './framing.ts'

const opMsg = 2013
const opQuery = 2004
const moreToCome = 2
const headerBytes = 16

/**
 * MongoDB: int32 length, request id, the id that a reply answers, op code. A request's kind is the name of its command: `insert`,
 * `update`, `findAndModify`, `bulkWrite`; what is compressed cannot be told apart and is called `compressed`.
 */
export const storeFraming: Framing = {
  frameLength: (bytes) => (bytes.length < 4 ? undefined : bytes.readInt32LE(0)),
  request: (frame) => {
    const opCode = frame.readInt32LE(12)
    const answered = opCode !== opMsg || (frame.readUInt32LE(headerBytes) & moreToCome) === 0
    return { id: frame.readInt32LE(4), kind: kindOf(frame, opCode), version: opCode, answered, frame }
  },
  answers: (reply) => reply.readInt32LE(8),
  // Drivers take the address they were given (`directConnection`).
  readdress: (reply) => reply,
}

function kindOf(frame: Buffer, opCode: number): string {
  if (opCode === opMsg) return firstElement(frame, bodyOf(frame))
  // Flags, the collection's name, two numbers, the query: drivers greet with it.
  if (opCode === opQuery) return firstElement(frame, frame.indexOf(0, headerBytes + 4) + 1 + 8)
  return opCode === 2012 ? 'compressed' : `op-${opCode}`
}

/** Where the section of kind 0 has its document; sections of kind 1 may stand before it. */
function bodyOf(frame: Buffer): number {
  let at = headerBytes + 4
  while (frame.readUInt8(at) !== 0) at += 1 + frame.readInt32LE(at + 1)
  return at + 1
}

/** The name of a BSON document's first element, behind its length and the element's type. */
function firstElement(frame: Buffer, document: number): string {
  const start = document + 5
  return frame.toString('utf8', start, frame.indexOf(0, start))
}
