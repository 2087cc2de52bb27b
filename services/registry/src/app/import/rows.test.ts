import type { ImportProblem, RecordsRead } from '@dual-random/tables'
import { describe, expect, it } from 'vitest'
import { importRows, type RowResult, reportLimit, UnreadableFile } from './rows.ts'

const problem = (line: number, code: string): ImportProblem => ({ line, code, reason: code, action: '' })
const record = (line: number, value: string) => ({ line, value })

async function* reads(...batches: readonly RecordsRead<string>[]): AsyncGenerator<RecordsRead<string>> {
  yield* batches
}

const run = (source: AsyncIterable<RecordsRead<string>>, batches: string[][] = []) =>
  importRows({
    reads: source,
    keyOf: (value) => value,
    keyColumn: '编码',
    apply: async (rows): Promise<readonly RowResult[]> => {
      batches.push(rows.map(({ value }) => value))
      return rows.map(({ line, value }) =>
        value.startsWith('!') ? { line, outcome: 'rejected', problem: problem(line, 'refused') } : { line, outcome: 'created' },
      )
    },
  })

describe('importing rows', () => {
  it('DQ-04 counts every row once: good, bad with several problems, refused later', async () => {
    const tally = await run(
      reads(
        {
          records: [record(2, 'a'), record(3, '!b')],
          problems: [problem(1, 'unknown-column'), problem(4, 'missing-value'), problem(4, 'formula-cell')],
        },
        { records: [record(5, 'c')], problems: [] },
      ),
    )
    expect(tally).toMatchObject({ received: 4, created: 2, rejected: 2 })
    expect(tally.problems.map(({ code }) => code)).toEqual(['unknown-column', 'missing-value', 'formula-cell', 'refused'])
  })

  it('DQ-04 rejects the second row of a record and names the first', async () => {
    const tally = await run(reads({ records: [record(2, 'a')], problems: [] }, { records: [record(9, 'a')], problems: [] }))
    expect(tally).toMatchObject({
      received: 2,
      created: 1,
      rejected: 1,
      problems: [{ line: 9, code: 'duplicate-row', reason: expect.stringContaining('第 2 行') }],
    })
  })

  it('hands over at most a thousand rows at a time', async () => {
    const batches: string[][] = []
    const records = Array.from({ length: 2001 }, (_, index) => record(index + 2, `r${index}`))
    expect(
      await run(reads({ records: records.slice(0, 700), problems: [] }, { records: records.slice(700), problems: [] }), batches),
    ).toMatchObject({ created: 2001 })
    expect(batches.map(({ length }) => length)).toEqual([1000, 1000, 1])
  })

  it('throws for a file without any row, and counts a file that breaks off after some', async () => {
    await expect(run(reads({ records: [], problems: [problem(1, 'missing-column')] }))).rejects.toThrow(UnreadableFile)
    await expect(run(reads())).rejects.toThrow(UnreadableFile)
    expect(
      await run(reads({ records: [record(2, 'a')], problems: [] }, { records: [], problems: [problem(3, 'broken-utf8')] })),
    ).toMatchObject({ received: 2, created: 1, rejected: 1 })
  })

  it('reports no more problems than a person corrects, but counts them all', async () => {
    const problems = Array.from({ length: reportLimit + 1 }, (_, index) => problem(index + 2, 'missing-value'))
    const tally = await run(reads({ records: [], problems }))
    expect(tally.rejected).toBe(reportLimit + 1)
    expect(tally.problems).toHaveLength(reportLimit)
  })
})
