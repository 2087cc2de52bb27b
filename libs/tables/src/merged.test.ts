import { describe, expect, it } from 'vitest'
import { findLayout } from './layout.ts'
import type { Vocabulary } from './layout-columns.ts'
import { fillMerged } from './merged.ts'
import { decodeTable } from './table.ts'

type Field = 'number' | 'item' | 'object' | 'unit' | 'others' | 'way'

const vocabulary: Vocabulary<Field> = [
  { field: 'number', pattern: /^序号$/ },
  { field: 'item', pattern: /^事项$/ },
  { field: 'object', pattern: /^对象$/ },
  { field: 'unit', pattern: /^发起$/ },
  { field: 'others', pattern: /^配合$/ },
  { field: 'way', pattern: /^方式$/ },
]

function fill(text: string) {
  const table = decodeTable(new TextEncoder().encode(text))
  const layout = table.ok ? findLayout(table.value, vocabulary, []) : table
  if (!layout.ok) throw new Error(layout.error.code)
  const { rows } = fillMerged(layout.value, { leading: ['number'], anchor: 'unit', own: ['item'] })
  const order = ['number', 'item', 'object', 'unit', 'others', 'way'] as const
  return rows.map(({ cells }) => order.map((field) => cells[field]?.raw ?? '').join(' '))
}

const wide = '序号,事项,对象,发起,配合,方式\n1,甲,子,A,B,C'
const narrow = '序号,事项,对象,发起,配合\n1,甲,子,A,B'

describe('fillMerged', () => {
  it('in a row of its own carries three blank columns to the last one when the department is among them, not two', () => {
    expect(fill(`${wide}\n2,乙,丑,,,`)[1]).toBe('2 乙 丑 A B C')
    expect(fill(`${narrow}\n2,乙,丑,,`)[1]).toBe('2 乙 丑   ')
  })

  it('in a row of its own carries no run that stops before the last column or lacks the department', () => {
    expect(fill('序号,事项,发起,配合,对象,方式\n1,甲,A,B,子,C\n2,乙,,,,丁')[1]).toBe('2 乙    丁')
    expect(fill('序号,事项,发起,配合,对象,方式\n1,甲,A,B,子,C\n2,乙,D,,,')[1]).toBe('2 乙  D  ')
  })

  it('in a row without a number carries the run of the department, and nothing else', () => {
    expect(fill(`${wide}\n,乙,丑,,,D`)[1]).toBe('1 乙 丑 A B D')
    expect(fill(`${wide}\n,乙,,D,,E`)[1]).toBe('1 乙  D  E')
  })

  it('in a row without a number carries everything but the item when one cell alone is filled', () => {
    expect(fill('序号,事项,对象,配合,方式\n1,甲,子,B,C\n,乙,,,')[1]).toBe('1 乙 子  B C')
    expect(fill('序号,事项,对象,配合,方式\n1,甲,子,B,C\n,,丑,,')[1]).toBe('1  丑  B C')
  })

  it('carries from the row above only what stands there, and takes no column into account that is blank throughout', () => {
    expect(fill('序号,事项,对象,发起,配合,方式\n1,甲,子,A,,C\n2,乙,丑,,,\n3,丙,寅,D,E,F')[1]).toBe('2 乙 丑 A  C')
    expect(fill('序号,事项,对象,配合,发起,方式\n1,甲,子,B,A,\n2,乙,,,,')[1]).toBe('2 乙 子 A B ')
  })
})
