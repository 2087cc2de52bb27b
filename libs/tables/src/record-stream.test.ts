import { ok } from '@dual-random/kernel'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import type { RegisterColumn } from './columns.ts'
import { readRecordStream } from './record-stream.ts'
import { readRecords } from './records.ts'
import { decodeTable } from './table.ts'

const columns = [
  { key: 'name', names: ['名称'], required: true, parse: (text: string) => ok(text) },
  { key: 'note', names: ['备注'], required: false, parse: (text: string) => ok(text) },
] as const satisfies readonly RegisterColumn[]

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0
  for (let index = 0; at < bytes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1
    yield bytes.subarray(at, at + size)
    at += size
  }
}

async function collect<T>(values: AsyncIterable<T>): Promise<readonly T[]> {
  const collected: T[] = []
  for await (const value of values) collected.push(value)
  return collected
}

async function readAll(chunks: AsyncIterable<Uint8Array>) {
  const batches = await collect(readRecordStream(chunks, columns))
  return { records: batches.flatMap((batch) => batch.records), problems: batches.flatMap((batch) => batch.problems) }
}

describe('readRecordStream', () => {
  it('reads any cut of a file, in both encodings, as readRecords reads the whole', async () => {
    const cell = fc.constantFrom('甲', '乙"丙"', '一\n二', '三\r\n四', '', '=1', '、', 'a,b', '鸡西市')
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
    const rows = fc.array(fc.tuple(cell, cell), { maxLength: 8 })
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(rows, sizes, fc.boolean(), async (cells, lengths, old) => {
        const text = ['名称,备注', ...cells.map((row) => row.map(quoted).join(','))].join('\r\n')
        const bytes = old ? new Uint8Array(iconv.encode(text, 'gb18030')) : utf8(text)
        const table = decodeTable(bytes)
        if (!table.ok) throw new Error(table.error.code)
        expect(await readAll(cut(bytes, lengths))).toEqual(readRecords(table.value, columns))
      }),
    )
  })

  it('holds no more than a few chunks of a long file', async () => {
    const rows = 300_000
    const line = utf8(`${'某市某区某街道某厂'.repeat(2)},${'备'.repeat(20)}\n`)
    const perChunk = 500
    let pulled = 0
    let read = 0
    let furthest = 0
    async function* file(): AsyncGenerator<Uint8Array> {
      yield utf8('名称,备注\n')
      for (let made = 0; made < rows; made += perChunk) {
        const chunk = new Uint8Array(line.length * perChunk)
        for (let index = 0; index < perChunk; index += 1) chunk.set(line, index * line.length)
        pulled += perChunk
        furthest = Math.max(furthest, pulled - read)
        yield chunk
      }
    }
    for await (const batch of readRecordStream(file(), columns)) {
      expect(batch.problems).toEqual([])
      read += batch.records.length
    }
    expect(read).toBe(rows)
    expect(furthest).toBeLessThanOrEqual(4 * perChunk)
  })

  it('decides the encoding where the first non-ASCII bytes stand, far into the file', async () => {
    const ascii = 'factory,\n'.repeat(20_000)
    const bytes = iconv.encode(`${ascii}鸡西市,\n`, 'gb18030')
    const english = [{ key: 'name', names: ['name'], required: true, parse: (text: string) => ok(text) }] as const
    const whole = new Uint8Array([...utf8('name,\n'), ...bytes])
    const batches = await collect(readRecordStream(cut(whole, [65_536]), english))
    expect(batches.flatMap((batch) => batch.records).at(-1)?.value.name).toBe('鸡西市')
    expect(batches.flatMap((batch) => batch.problems)).toEqual([])
  })

  it('does not take the first line for UTF-8 because its bytes happen to be', async () => {
    const text = `模装,\n${'鸡西市,\n'.repeat(20_000)}`
    const mould = [{ key: 'name', names: ['模装'], required: true, parse: (cell: string) => ok(cell) }] as const
    const bytes = new Uint8Array(iconv.encode(text, 'gb18030'))
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, 6))).not.toThrow()
    const batches = await collect(readRecordStream(cut(bytes, [11]), mould))
    expect(batches.flatMap((batch) => batch.records)).toHaveLength(20_000)
  })

  it('stops at bytes that cannot be read, keeps the records before, and names the line', async () => {
    const good = utf8(`名称,备注\n${'鸡西市某某厂,\n'.repeat(6000)}`)
    const bytes = new Uint8Array([...good, ...utf8('鸡'), 0xff, 0x0a, ...utf8('后,\n')])
    const { records, problems } = await readAll(cut(bytes, [16_384]))
    expect(records.length).toBeGreaterThan(4000)
    expect(problems).toMatchObject([{ code: 'broken-utf8', line: 6002 }])
  })

  it('says no-rows of an empty file and of a header alone, and stops at a wrong header', async () => {
    expect((await readAll(cut(utf8(''), [1]))).problems).toMatchObject([{ code: 'no-rows' }])
    expect((await readAll(cut(utf8('名称,备注\n'), [3]))).problems).toMatchObject([{ code: 'no-rows', line: 1 }])
    expect((await readAll(cut(utf8('字号,备注\n甲,\n'), [4]))).problems).toMatchObject([
      { code: 'missing-column', column: '名称' },
      { code: 'unknown-column', column: '字号' },
    ])
  })

  it('gives up on a quote that never closes instead of holding the file', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield utf8('名称,备注\n"')
      for (;;) yield utf8('行\n'.repeat(100_000))
    }
    expect((await readAll(endless())).problems).toMatchObject([{ code: 'malformed-quotes', line: 2 }])
  })
})
