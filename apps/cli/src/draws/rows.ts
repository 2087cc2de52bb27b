import { both, type Text } from '../text.ts'

/** One row of a table in words: what it is, and its value. Rows of one name stand under each other with the name once. */
export interface Row {
  readonly label: Text
  readonly value: string
}

/** Columns that a terminal gives a character: Chinese ones are twice as wide. */
const widthOf = (text: string): number => text.length + (text.match(/[\u2e80-\uffef]/g)?.length ?? 0)

/** The rows with their values below each other. */
export function rowLines(rows: readonly Row[]): readonly string[] {
  const labels = rows.map(({ label }, index) => (rows[index - 1]?.label === label ? '' : both(label)))
  const width = Math.max(0, ...labels.map(widthOf))
  return rows.map(({ value }, index) => {
    const label = labels[index] ?? ''
    return `${label}${' '.repeat(width - widthOf(label))}  ${value}`.trimEnd()
  })
}
