import { BSON } from 'mongodb'
import { describe, expect, it } from 'vitest'
import { storeFraming } from './store-framing.ts'

const int32 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length)
  values.forEach((value, index) => bytes.writeInt32LE(value, 4 * index))
  return bytes
}

function frame(opCode: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([int32(16 + body.length, 5, 4, opCode), body])
}

const section = (kind: number): Buffer => Buffer.from([kind])

/** A section of kind 1: its size, its name, its documents. */
const documents = (name: string, ...values: object[]): Buffer => {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...values.map((value) => BSON.serialize(value))])
  return Buffer.concat([int32(4 + content.length), content])
}

describe('the framing of the store', () => {
  it('knows a request by its command and its id, and a reply by the request it answers', () => {
    const insert = frame(2013, int32(0), section(0), BSON.serialize({ insert: 'things', $db: 'test' }))
    expect(storeFraming.frameLength(insert)).toBe(insert.length)
    expect(storeFraming.frameLength(insert.subarray(0, 3))).toBeUndefined()
    expect(storeFraming.request(insert)).toMatchObject({ id: 5, kind: 'insert', answered: true })
    expect(storeFraming.answers(insert)).toBe(4)
  })

  it('finds the command behind the documents it is about', () => {
    const update = frame(
      2013,
      int32(0),
      section(1),
      documents('updates', { q: {} }, { q: { a: 1 } }),
      section(0),
      BSON.serialize({ findAndModify: 'things' }),
    )
    expect(storeFraming.request(update).kind).toBe('findAndModify')
  })

  it('expects no reply where more is to come', () => {
    const unanswered = frame(2013, int32(2), section(0), BSON.serialize({ update: 'things' }))
    expect(storeFraming.request(unanswered)).toMatchObject({ kind: 'update', answered: false })
  })

  it('knows the greeting of a driver, and does not guess at what is compressed', () => {
    const hello = frame(2004, int32(0), Buffer.from('admin.$cmd\0'), int32(0, 1), BSON.serialize({ hello: 1, helloOk: true }))
    expect(storeFraming.request(hello).kind).toBe('hello')
    expect(storeFraming.request(frame(2012, int32(2013, 9), Buffer.alloc(9))).kind).toBe('compressed')
  })
})
