import type { ImportProblem, RecordsRead } from '@dual-random/tables'
import { describe, expect, it } from 'vitest'
import { noOutcomes, type RowProgress, type RowResult, reportLimit } from './row-result.ts'
import { type ImportRowsOptions, importRows, UnreadableFile } from './rows.ts'

const problem = (line: number, code: string): ImportProblem => ({ line, code, reason: code, action: '' })
const record = (line: number, value: string) => ({ line, value })

async function* reads(...batches: readonly RecordsRead<string>[]): AsyncGenerator<RecordsRead<string>> {
  yield* batches
}

const run = (source: AsyncIterable<RecordsRead<string>>, batches: string[][] = [], options: Partial<ImportRowsOptions<string>> = {}) =>
  importRows({
    ...options,
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

  it('reads up to the most rows a file may have, and says where it stopped', async () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ records: [record(index + 2, `r${index}`)], problems: [] }))
    expect(await run(reads(...rows(3)), [], { maxRows: 3 })).toMatchObject({ received: 3, created: 3, problems: [] })
    expect(await run(reads(...rows(9)), [], { maxRows: 3 })).toMatchObject({
      created: 4,
      problems: [{ line: 5, code: 'too-many-rows', reason: '文件超过 3 行，第 5 行之后没有导入' }],
    })
  })

  describe('that broke off', () => {
    const all = Array.from({ length: 25_000 }, (_, index) => record(index + 2, index % 1000 === 7 ? `!${index}` : `r${index}`))
    const whole = { received: 25_000, created: 24_975, rejected: 25 }

    it('DQ-04 go on behind what was done, and tell of the whole', async () => {
      const marks: RowProgress[] = []
      const broken = async (progress: RowProgress) => {
        marks.push(progress)
        if (marks.length === 2) throw new Error('killed')
      }
      await expect(run(reads({ records: all, problems: [] }), [], { onProgress: broken })).rejects.toThrow('killed')
      expect(marks[0]).toMatchObject({ line: 10_001, counts: { created: 9990, rejected: 0 } })
      expect(marks[0]?.refused).toHaveLength(10)

      const batches: string[][] = []
      const tally = await run(reads({ records: all, problems: [] }), batches, { resume: marks[0] })
      expect(tally).toMatchObject(whole)
      expect(tally.problems).toHaveLength(25)
      expect(batches.flat()).toHaveLength(15_000 + 10)
    })

    it('DQ-04 may break off again before they have come to what was refused', async () => {
      const resume = {
        line: 10_001,
        counts: { ...noOutcomes, created: 9990 },
        refused: all.flatMap(({ line, value }) => (line <= 10_001 && value.startsWith('!') ? [line] : [])),
      }
      const marks: RowProgress[] = []
      expect(
        await run(reads({ records: all, problems: [] }), [], { resume, onProgress: async (mark) => void marks.push(mark) }),
      ).toMatchObject(whole)
      expect(marks).toHaveLength(1)
      for (const mark of marks) expect(mark.refused.length + mark.counts.created).toBe(mark.line - 1)
    })

    it('find a row that they did before and another of its record after that', async () => {
      const resume = { line: 2, counts: { ...noOutcomes, created: 1 }, refused: [] }
      const batches: string[][] = []
      expect(await run(reads({ records: [record(2, 'a'), record(3, 'a')], problems: [] }), batches, { resume })).toMatchObject({
        received: 2,
        created: 1,
        rejected: 1,
      })
      expect(batches).toEqual([])
    })
  })

  it('have several batches under way, count them in the order of the file, and end none behind a failure', async () => {
    const records = Array.from({ length: 4000 }, (_, index) => record(index + 2, `r${index}`))
    let inHand = 0
    let most = 0
    let ended = 0
    const applying = importRows({
      reads: reads({ records, problems: [] }),
      keyOf: (value) => value,
      keyColumn: '编码',
      abreast: 3,
      apply: async (rows) => {
        most = Math.max(most, ++inHand)
        await new Promise((resolve) => setImmediate(resolve))
        inHand--
        ended++
        if (rows[0]?.line === 1002) throw new Error('store gone')
        return rows.map(({ line }) => ({ line, outcome: 'created' as const }))
      },
    })
    await expect(applying).rejects.toThrow('store gone')
    expect(most).toBe(3)
    expect(inHand).toBe(0)
    expect(ended).toBeGreaterThanOrEqual(3)
  })
})
