import { describe, expect, it } from 'vitest'
import { movedBuffers } from './moved-buffers.ts'

describe('the buffers that move with a message', () => {
  it('are those of whole byte arrays, each once, as deep as a request or an answer has them', () => {
    const [a, b, c] = [new Uint8Array(1), new Uint8Array(2), new Uint8Array(3)]
    expect(movedBuffers({ task: 'x', input: { units: [{ needs: [a, b] }], file: a } })).toEqual([a.buffer, b.buffer])
    expect(movedBuffers({ value: { ok: true, value: { files: [{ bytes: c }] } } })).toEqual([c.buffer])
    expect(movedBuffers({ value: undefined })).toEqual([])
  })

  it('are none of a piece of a slab, and none that threads share', () => {
    const slab = new Uint8Array(8)
    expect(movedBuffers([slab.subarray(1), new Uint8Array(new SharedArrayBuffer(4)), 'text', null])).toEqual([])
  })
})
