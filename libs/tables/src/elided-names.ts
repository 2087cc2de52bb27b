import type { UnitsReading } from './cells/units.ts'
import { type Question, tableQuestion } from './question.ts'

type Units = Extract<UnitsReading, { kind: 'units' }>

const isElided = (reading: UnitsReading | undefined): reading is Units =>
  reading?.kind === 'units' && reading.names.some((name, index) => name !== reading.asWritten[index])

/** One question for a table on the names completed by an ending or beginning that they share: 市场监管、税务部门. */
export function elidedNames(line: number, readings: readonly (UnitsReading | undefined)[]): readonly Question[] {
  const elided = readings.filter(isElided)
  const distinct = (lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.map((names) => names.join('、')))]
  if (elided.length === 0) return []
  const raw = distinct(elided.map((reading) => reading.asWritten)).join('；')
  const whole = distinct(elided.map((reading) => reading.names)).join('；')
  const options = [
    { value: 'expand', textZh: `补全：${whole}` },
    { value: 'as-written', textZh: '照原文，不补' },
  ]
  const textZh = `有的部门名称省略了相同的字，补全为“${whole}”，对吗？`
  return [tableQuestion({ line, column: '', raw }, { field: 'elidedNames', code: 'elided-names', textZh, form: 'choice', options })]
}
