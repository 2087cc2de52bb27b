import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { formulaProblem, isFormulaCell, neutraliseFormula, restoreFormula } from './formula.ts'
import type { ImportProblem } from './problem.ts'
import { writeImportReport } from './report.ts'

const formulaStart = /^[=+\-@＝＋－＠\t\r\n]/
const problem: ImportProblem = { line: 3, column: '名称', value: '=1+1', code: 'formula-cell', reason: '不可', action: '改正' }

describe('formula cells', () => {
  it.each(['=1', '+1', '-1', '@a', '\tx', '\rx', '＝1', '＋1', '－1', '＠a', '  =1', '\u00a0=1'])(
    'DQ-04 takes %j for a formula',
    (cell) => {
      expect(isFormulaCell(cell)).toBe(true)
      expect(neutraliseFormula(cell).startsWith("'")).toBe(true)
    },
  )

  it.each(['', '1', 'a=b', '3-5', '3月—12月', '≥5%', "'=1"])('takes %j for text', (cell) => {
    expect(isFormulaCell(cell)).toBe(false)
    expect(neutraliseFormula(cell)).toBe(cell)
  })

  it.each(['=1', '-18℃冷库', "'x", '甲\n-1', '\tx', '＝1', 'a', '-1\n@b'])('DQ-04 gives back %j once it is neutralised', (cell) => {
    expect(restoreFormula(neutraliseFormula(cell))).toBe(cell)
  })

  it('gives a register the problem of such a cell, and none of any other', () => {
    expect(formulaProblem(7, '名称', '=cmd()')).toMatchObject({ line: 7, column: '名称', value: '=cmd()', code: 'formula-cell' })
    expect(formulaProblem(7, '名称', '某厂')).toBeUndefined()
  })
})

describe('writeImportReport', () => {
  it('DQ-04 writes line, column, value, code, reason and action with a byte order mark', () => {
    expect(writeImportReport([problem, { line: 9, code: 'short-row', reason: '少,格', action: '补' }])).toBe(
      '\ufeffline,column,value,code,reason,action\r\n3,名称,\'=1+1,formula-cell,不可,改正\r\n9,,,short-row,"少,格",补\r\n',
    )
  })

  it('never writes a cell, or a line of a cell, that starts with a formula character', () => {
    const risky = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', ' ', '"', "'", ',', 'a', '中'),
      maxLength: 12,
    })
    const problems = fc.array(
      fc.record({ line: fc.integer({ min: 1 }), column: risky, value: risky, code: fc.constant('x'), reason: risky, action: risky }),
    )
    fc.assert(
      fc.property(problems, (list) => {
        const cells = Papa.parse<string[]>(writeImportReport(list).slice(1), { newline: '\r\n', delimiter: ',' }).data.flat()
        expect(
          cells.flatMap((cell) => [cell, ...cell.split(/\r\n|\r|\n/)]).filter((cell) => formulaStart.test(cell.trimStart() || ' ')),
        ).toEqual([])
        expect(cells.filter((cell) => formulaStart.test(cell))).toEqual([])
      }),
    )
  })
})
