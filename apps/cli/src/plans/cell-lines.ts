import { type CellColumn, cellColumns } from '@dual-random/tables'
import * as z from 'zod'
import { type Text, text } from '../text.ts'

/** A cell to be read, as a line of NDJSON gives it. */
export interface CellLine {
  readonly id: string
  readonly column: CellColumn
  readonly text: string
  readonly year: number | undefined
}

const scalar = z.union([z.string(), z.number().int()]).transform(String)
const shape = z.object({
  id: scalar,
  column: z.enum(cellColumns),
  text: scalar,
  year: z
    .union([
      z.number().int(),
      z
        .string()
        .regex(/^\d{4}$/)
        .transform(Number),
    ])
    .pipe(z.number().int().min(1900).max(2200))
    .nullish(),
})

const expected: Readonly<Record<string, Text>> = {
  id: text('id 应为文本', 'id must be a text'),
  column: text(`column 应为 ${cellColumns.join('、')} 之一`, `column must be one of ${cellColumns.join(', ')}`),
  text: text('text 应为文本', 'text must be a text'),
  year: text('year 应为四位年份', 'year must have four figures'),
}

/** Reads one line; a text says what is wrong with it. */
export function cellOfLine(line: string): CellLine | { readonly wrong: Text } {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { wrong: text('不是 JSON', 'not JSON') }
  }
  const parsed = shape.safeParse(value)
  if (parsed.success) return { ...parsed.data, year: parsed.data.year ?? undefined }
  const member = String(parsed.error.issues[0]?.path[0] ?? '')
  return { wrong: expected[member] ?? text('应为 JSON 对象', 'must be a JSON object') }
}
