import { readFileSync } from 'node:fs'
import { decodeTable, type TableRow } from '@dual-random/tables'
import type { Api } from '@dual-random/testkit'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, startRegistry } from './harness.ts'

let registry: Harness
let clerk: Api
beforeAll(async () => {
  registry = await startRegistry()
  clerk = await registry.as(['REGISTRY_CLERK'])
})
afterAll(() => registry.dispose())

const folder = new URL('../../../libs/tables/tests-data/', import.meta.url)
const fileOf = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(path, folder)))

/** A file as offices save it: as it stands, as Excel marks it, and as older spreadsheets write it. */
const savedAs: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  'as it is': (bytes) => bytes,
  'with a mark': (bytes) => new Uint8Array([0xef, 0xbb, 0xbf, ...bytes]),
  'in GB18030': (bytes) => new Uint8Array(iconv.encode(new TextDecoder().decode(bytes), 'gb18030')),
}

function rowsOf(bytes: Uint8Array): readonly TableRow[] {
  const table = decodeTable(bytes)
  if (!table.ok) throw new Error(table.error.reason)
  return table.value.rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
}

interface ReportRow {
  readonly line: number
  readonly column: string
  readonly value: string
  readonly code: string
}

/** A report as it is downloaded; every row of it says why and what to do. */
async function reportAt(url: string): Promise<readonly ReportRow[]> {
  const [header, ...rows] = rowsOf(new TextEncoder().encode((await clerk.get<string>(url)).body))
  expect(header?.cells).toEqual(['line', 'column', 'value', 'code', 'reason', 'action'])
  return rows.map(({ cells }) => {
    const [line = '', column = '', value = '', code = '', reason = '', action = ''] = cells
    for (const text of [code, reason, action]) expect(text).not.toBe('')
    return { line: Number(line), column, value, code }
  })
}

const codesAt = (report: readonly ReportRow[], line: number): readonly string[] =>
  report.filter((row) => row.line === line).map(({ code }) => code)

interface Published {
  readonly importId: string
  readonly reportUrl: string
  readonly received: number
  readonly openQuestions: number
  readonly items: readonly { readonly line: number; readonly ready: boolean }[]
  readonly questions: readonly { readonly line: number; readonly column: string; readonly code: string; readonly message: string }[]
}

interface RosterAnswer {
  readonly received: number
  readonly unmatched: number
  readonly rejected: number
  readonly reportUrl: string
}

/** The files of the folders `items` and `rosters`, with the rows of data that a person counted. */
const lists = [
  ['fenyang-2021-joint.csv', 11],
  ['luozhuang-2021-salt.csv', 1],
  ['jinan-2021-hrss.csv', 1],
  ['benxi-2022-forestry.csv', 3],
  ['changzhi-2025-health.csv', 2],
] as const
const rosters = [
  ['bengbu-2022-training.csv', 5],
  ['library-sizes.csv', 12],
] as const

describe.each(Object.keys(savedAs))('real files, %s', (form) => {
  const sent = (path: string): Uint8Array => savedAs[form]?.(fileOf(path)) ?? new Uint8Array()

  it.each(lists)('DQ-04 REG-02 the list %s is taken, and its report has every row of the file', async (name, count) => {
    const bytes = sent(`items/${name}`)
    const path = `/v1/check-item-lists/published?listId=${name.replace('.csv', '')}&businessLine=市场监管&effectiveFrom=2026-01-01`
    const { status, body } = await clerk.upload<Published>(path, bytes, 'text/csv')
    expect(status).toBe(201)
    expect(body).toMatchObject({ received: count, ready: 0, omitted: 0 })
    const report = await reportAt(body.reportUrl)
    const rows = rowsOf(bytes)
    expect([...new Set(report.map(({ line }) => line))]).toEqual(rows.map(({ line }) => line))
    // Nothing is ready that nobody has settled, and what is open stands at its row.
    for (const { line, ready } of body.items) {
      expect(ready).toBe(false)
      expect(codesAt(report, line)[0]).toBe('item-open')
    }
    expect(report.filter(({ code }) => code === 'item-open')).toHaveLength(count)
    for (const { line, column, code } of body.questions) expect(report).toContainEqual(expect.objectContaining({ line, column, code }))
    expect(codesAt(report, 1)).toContain('not-an-item')
  })

  it.each(rosters)('DQ-04 the roster %s is taken, and its report has every row of the file', async (name, count) => {
    const bytes = sent(`rosters/${name}`)
    const { status, body } = await clerk.upload<RosterAnswer>('/v1/rosters/import', bytes, 'text/csv')
    expect({ status, received: body.received }).toEqual({ status: 200, received: count })
    expect(body.unmatched + body.rejected).toBe(count)
    const report = await reportAt(body.reportUrl)
    const [, ...data] = rowsOf(bytes)
    for (const { line, cells } of data) {
      const [outcome] = report.filter((row) => row.line === line)
      expect(['object-unknown', 'row-without-header']).toContain(outcome?.code)
      // What the report shows of a row stands in the row, under the heading of the file.
      expect(outcome?.value).toContain(cells[1])
      expect(outcome?.column).toBe(outcome?.code === 'object-unknown' ? '抽查对象名称' : '')
    }
  })
})

describe('real files in the wrong place', () => {
  it('DQ-04 a table of pool sizes is no roster: it is said so at its heading, and none of its rows is taken', async () => {
    const { body } = await clerk.upload<RosterAnswer>('/v1/rosters/import', fileOf('rosters/library-sizes.csv'), 'text/csv')
    expect(body).toMatchObject({ received: 12, matched: 0, unmatched: 0, rejected: 12 })
    expect(codesAt(await reportAt(body.reportUrl), 1)).toEqual(['no-header'])
  })

  it.each([
    ['bengbu-2022-training.csv', ['统一社会信用代码', '类型', '行政区划', '地址']],
    ['library-sizes.csv', ['统一社会信用代码', '名称', '类型', '行政区划', '地址']],
  ])('DQ-04 the pool refuses the roster %s, which names no object by its code, and says every column it lacks', async (name, missing) => {
    const { status, body } = await clerk.upload<{ code: string; errors: { pointer: string; detail: string }[] }>(
      '/v1/objects/import',
      fileOf(`rosters/${name}`),
      'text/csv',
    )
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'import-refused' })
    const pointers = body.errors.map(({ pointer }) => pointer)
    for (const column of missing) expect(pointers).toContain(`/1/${column}`)
    for (const { detail } of body.errors) expect(detail).toMatch(/列/)
  })
})
