import { describe, expect, it } from 'vitest'
import type { DraftItem, KeptQuestion } from '../../domain/published-list/published-list.ts'
import { reportRows } from './report-rows.ts'

const item = (line: number, rest: Partial<DraftItem> = {}): DraftItem => ({
  lineNo: line - 1,
  line,
  cells: [],
  known: { name: `事项${line}` },
  ready: false,
  ...rest,
})
const question = (questionId: string, line: number, rest: Partial<KeptQuestion> = {}): KeptQuestion => ({
  questionId,
  line,
  column: '发起部门',
  cell: '某部门',
  field: 'initiator',
  code: 'unknown-unit',
  message: '是本地的哪个单位？',
  options: [],
  accepts: ['value'],
  state: 'OPEN',
  ...rest,
})

const published = {
  items: [item(2), item(3, { ready: true }), item(4, { omitted: '重复', ready: true })],
  questions: [
    question('line-1/initiator', 2, { lineNo: 1 }),
    question('line-1/name', 2, { lineNo: 1, state: 'ANSWERED' }),
    question('row-5/short-row', 5, { column: '', cell: '4，甲', code: 'short-row', state: 'ANSWERED' }),
  ],
  notes: [{ line: 3, column: '配合部门', code: 'carried-from-above', message: '沿用第 2 行' }],
  otherRows: [{ line: 1, text: '序号，抽查事项' }],
}
const at = (line: number, applied?: Parameters<typeof reportRows>[1]) =>
  reportRows(published, applied)
    .filter((row) => row.line === line)
    .map(({ code, value, action }) => ({ code, value, action }))

describe('reportRows', () => {
  it('DQ-04 tells in the order of the file what each row is, and under which id its open questions are answered', () => {
    expect(reportRows(published).map(({ line }) => line)).toEqual([1, 2, 2, 3, 3, 4, 5])
    expect(at(1)).toEqual([{ code: 'not-an-item', value: '序号，抽查事项', action: '无须处理' }])
    expect(at(2)).toEqual([
      { code: 'item-open', value: '事项2', action: '逐一回答本行的问题' },
      { code: 'unknown-unit', value: '某部门', action: '回答问题 line-1/initiator' },
    ])
    expect(at(3).map(({ code }) => code)).toEqual(['item-ready', 'carried-from-above'])
    expect(at(4).map(({ code }) => code)).toEqual(['item-omitted'])
    expect(at(5)).toEqual([{ code: 'row-left-out', value: '4，甲', action: '无须处理' }])
  })

  it('DQ-04 counts the open questions of a row alone', () => {
    expect(reportRows(published).find(({ code }) => code === 'item-open')?.reason).toBe('这一项有 1 个问题未答')
  })

  it('DQ-04 names version and code of what was listed, and still why a row was not', () => {
    const applied = { listVersion: 2, itemCodes: { 1: 'QT-01', 2: 'QT-02' } }
    expect(reportRows(published, applied).find(({ line, code }) => line === 3 && code === 'item-listed')?.reason).toBe(
      '已列入清单第 2 版，编码 QT-02',
    )
    expect(at(4, applied).map(({ code }) => code)).toEqual(['item-omitted'])
  })
})
