import { type ImportProblem, type RecordOf, type RecordsRead, type RegisterColumn, readRecords, type TableRow } from '@dual-random/tables'

const cellOf = (value: unknown): string => {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  return Array.isArray(value) ? value.map(cellOf).join('；') : JSON.stringify(value)
}

function rowOf(line: number, object: unknown, columns: readonly RegisterColumn[]): TableRow | undefined {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return undefined
  const members = object as Readonly<Record<string, unknown>>
  return { line, cells: columns.map(({ key }) => cellOf(members[key])) }
}

const notAnObject = (line: number): ImportProblem => ({
  line,
  code: 'not-an-object',
  reason: `第 ${line} 行不是一个 JSON 对象`,
  action: '每行写一个 JSON 对象后重新导入这一行',
})

const emptyObject = (line: number): ImportProblem => ({
  line,
  code: 'empty-object',
  reason: `第 ${line} 行没有本登记簿的任何字段`,
  action: '按说明书的英文字段名填写后重新导入这一行',
})

function readObjects<const Columns extends readonly RegisterColumn[]>(
  objects: readonly { readonly line: number; readonly value: unknown }[],
  columns: Columns,
): RecordsRead<RecordOf<Columns>> {
  const rows: TableRow[] = []
  const problems: ImportProblem[] = []
  for (const { line, value } of objects) {
    const row = rowOf(line, value, columns)
    if (row === undefined) problems.push(notAnObject(line))
    else if (row.cells.every((cell) => cell === '')) problems.push(emptyObject(line))
    else rows.push(row)
  }
  if (rows.length === 0) return { records: [], problems }
  const header = { line: 0, cells: columns.map(({ key }) => key) }
  const read = readRecords({ encoding: 'utf-8', rows: [header, ...rows], problems: [] }, columns)
  return { records: read.records, problems: [...problems, ...read.problems] }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Longest line that is kept in memory. */
const maxLineLength = 4_194_304

/** Reads newline-delimited JSON by the same columns as CSV: members bear the columns' keys, lists may be arrays. */
export async function* readNdjsonStream<const Columns extends readonly RegisterColumn[]>(
  chunks: AsyncIterable<Uint8Array>,
  columns: Columns,
): AsyncGenerator<RecordsRead<RecordOf<Columns>>, void, undefined> {
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  let line = 0
  let seen = 0
  const take = (lines: readonly string[]): RecordsRead<RecordOf<Columns>> => {
    const objects = lines.map((text) => ({ line: ++line, text })).filter(({ text }) => text.trim() !== '')
    seen += objects.length
    return readObjects(
      objects.map((object) => ({ line: object.line, value: parsed(object.text) })),
      columns,
    )
  }
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (lines.length > 0) yield take(lines)
    if (rest.length > maxLineLength) {
      yield {
        records: [],
        problems: [{ line: line + 1, code: 'line-too-long', reason: `第 ${line + 1} 行过长`, action: '检查换行符后重新导入' }],
      }
      return
    }
  }
  rest += decoder.decode()
  if (rest !== '') yield take([rest])
  if (seen === 0)
    yield { records: [], problems: [{ line: 1, code: 'no-rows', reason: '文件中没有数据行', action: '确认选对了文件后重新导入' }] }
}

/** Reads a JSON array of objects; `line` counts its elements. For small files only. */
export async function* readJsonArray<const Columns extends readonly RegisterColumn[]>(
  chunks: AsyncIterable<Uint8Array>,
  columns: Columns,
): AsyncGenerator<RecordsRead<RecordOf<Columns>>, void, undefined> {
  const pieces: Uint8Array[] = []
  for await (const chunk of chunks) pieces.push(chunk)
  const value = parsed(Buffer.concat(pieces).toString('utf8'))
  if (!Array.isArray(value) || value.length === 0) {
    yield { records: [], problems: [{ line: 1, code: 'no-rows', reason: '文件不是非空的 JSON 数组', action: '写成对象的数组后重新导入' }] }
    return
  }
  yield readObjects(
    value.map((element, index) => ({ line: index + 1, value: element as unknown })),
    columns,
  )
}
