import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LineTail } from './line-tail.ts'

describe('LineTail', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dual-random-tail-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('gives each whole line once, and waits for a file that is not there yet', () => {
    const file = join(folder, 'history.jsonl')
    const tail = new LineTail(file)
    expect(tail.next()).toEqual([])
    appendFileSync(file, 'one\ntwo\nthr')
    expect(tail.next()).toEqual(['one', 'two'])
    appendFileSync(file, 'ee\n')
    expect(tail.next()).toEqual(['three'])
    expect(tail.next()).toEqual([])
  })
})
