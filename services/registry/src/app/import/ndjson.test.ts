import { ok } from '@dual-random/kernel'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJsonArray, readNdjsonStream } from './ndjson.ts'

const columns = [
  { key: 'code', names: ['编码'], required: true, parse: (text: string) => ok(text) },
  { key: 'tags', names: ['标签'], required: false, parse: (text: string) => ok(text.split('；')) },
] as const

async function* bytes(text: string, size = 7): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(text)
  for (let start = 0; start < all.length; start += size) yield all.subarray(start, start + size)
}

async function collect(source: ReturnType<typeof readNdjsonStream<typeof columns>>) {
  const records = []
  const problems = []
  for await (const read of source) {
    records.push(...read.records)
    problems.push(...read.problems)
  }
  return { records, problems }
}

describe('NDJSON', () => {
  it('DQ-04 reads objects by the columns of the register, with the line each stands on', async () => {
    const text = '{"code":"甲","tags":["x","y"]}\n\n{"code":"乙","other":1}\n[1]\n{"tags":[]}\n{"code":"=1"}'
    const { records, problems } = await collect(readNdjsonStream(bytes(text), columns))
    expect(records).toEqual([
      { line: 1, value: { code: '甲', tags: ['x', 'y'] } },
      { line: 3, value: { code: '乙', tags: undefined } },
    ])
    expect(problems.map(({ line, code }) => `${line} ${code}`).sort()).toEqual(['4 not-an-object', '5 empty-object', '6 formula-cell'])
  })

  it('reads the same wherever the bytes are cut', async () => {
    const text = '{"code":"鸡西"}\n{"code":"鹤岗"}\n'
    const whole = await collect(readNdjsonStream(bytes(text, 1000), columns))
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (size) => {
        expect(await collect(readNdjsonStream(bytes(text, size), columns))).toEqual(whole)
      }),
    )
  })

  it('says that an empty file and an empty array have no rows', async () => {
    expect((await collect(readNdjsonStream(bytes('\n'), columns))).problems).toMatchObject([{ code: 'no-rows' }])
    expect((await collect(readJsonArray(bytes('[]'), columns))).problems).toMatchObject([{ code: 'no-rows' }])
    expect((await collect(readJsonArray(bytes('[{"code":"a"}]'), columns))).records).toEqual([
      { line: 1, value: { code: 'a', tags: undefined } },
    ])
  })
})
